package dev.tracerl.schemas;

import dev.tracerl.schemas.avro.state.AdmissionState;
import dev.tracerl.schemas.avro.state.EndedGroup;
import dev.tracerl.schemas.avro.state.EvaluationTally;
import dev.tracerl.schemas.avro.state.JudgedSample;
import dev.tracerl.schemas.avro.state.OpenGroup;
import dev.tracerl.schemas.avro.state.PendingCheck;
import dev.tracerl.schemas.avro.state.RunningGroup;
import dev.tracerl.schemas.avro.state.SeenSamples;
import dev.tracerl.schemas.avro.state.TaskReward;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * The schemas that were released, one folder a release: {@code src/test/resources/released/N/Name.avsc}, self-contained.
 *
 * <p>Run the main method with a release number to write the current schemas as that release.
 */
final class ReleasedSchemas {

    private static final Path FOLDER = Path.of("src", "test", "resources", "released");

    /** State that outlives an upgrade: values of changelogs. */
    private static final List<Class<? extends SpecificRecord>> STATE = List.of(
            AdmissionState.class,
            EndedGroup.class,
            EvaluationTally.class,
            JudgedSample.class,
            OpenGroup.class,
            PendingCheck.class,
            RunningGroup.class,
            SeenSamples.class,
            TaskReward.class);

    private ReleasedSchemas() {}

    /** Value types of all topics and changelogs. */
    static List<Class<? extends SpecificRecord>> valueTypes() {
        Stream<Class<? extends SpecificRecord>> topics = Stream.<Topic<?>>concat(
                        Topics.shared().stream(), RunTopics.of("any").all().stream())
                .map(Topic::valueType);
        return Stream.concat(topics, STATE.stream()).distinct().toList();
    }

    static Schema current(Class<? extends SpecificRecord> type) {
        return SpecificData.get().getSchema(type);
    }

    /** Released versions of a record, oldest first. */
    static List<Schema> released(String name) {
        try (Stream<Path> releases = Files.list(FOLDER)) {
            return releases.sorted()
                    .map(release -> release.resolve(name + ".avsc"))
                    .filter(Files::exists)
                    .map(ReleasedSchemas::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Schema parse(Path file) {
        try {
            return new Schema.Parser().parse(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void main(String[] args) throws IOException {
        Path release = Files.createDirectories(FOLDER.resolve(args[0]));
        for (Class<? extends SpecificRecord> type : valueTypes()) {
            Files.writeString(
                    release.resolve(type.getSimpleName() + ".avsc"),
                    SchemaFormatter.format("json/pretty", current(type)) + "\n");
        }
    }
}
