package dev.tracerl.ops.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tracerl.ops.archive.Manifest.Partition;
import dev.tracerl.ops.archive.Manifest.Segment;
import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.WireSchemas;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.jspecify.annotations.Nullable;

/** The tasks that are on a broker already: they are shared by all runs, so a restore must find the same ones. */
final class ExistingTasks {

    private final Map<String, Task> tasks;

    private ExistingTasks(Map<String, Task> tasks) {
        this.tasks = tasks;
    }

    static ExistingTasks read(Connection connection, AvroSerdes serdes) {
        return new ExistingTasks(TopicReader.latest(connection, serdes, Topics.TASKS));
    }

    boolean has(byte @Nullable [] key) {
        return key != null && tasks.containsKey(new String(key, UTF_8));
    }

    /** @throws BadInputException if an archived task is there with other contents */
    void requireSame(ArchiveFolder folder, Manifest manifest) throws IOException {
        Map<Integer, Schema> schemas = ArchiveSchemas.read(folder, manifest);
        for (Partition partition : manifest.partitions()) {
            if (partition.topic().equals(Topics.TASKS.name()) && partition.shared()) {
                for (Segment segment : partition.segments()) {
                    requireSame(folder, segment, schemas);
                }
            }
        }
    }

    private void requireSame(ArchiveFolder folder, Segment segment, Map<Integer, Schema> schemas) throws IOException {
        try (SegmentReader reader = new SegmentReader(folder, segment.file())) {
            for (ArchivedRecord next = reader.next(); next != null; next = reader.next()) {
                byte[] value = next.value();
                if (value != null && has(next.key())) {
                    requireSame(task(value, schemas));
                }
            }
        }
    }

    private void requireSame(@Nullable Task archived) {
        if (archived != null && !archived.equals(tasks.get(archived.getTaskId()))) {
            throw new BadInputException(("task set %s is on that broker with another task %d: restore with "
                            + "--without-tasks, the run's records hold their tasks")
                    .formatted(archived.getSet(), archived.getIndex()));
        }
    }

    private static @Nullable Task task(byte[] value, Map<Integer, Schema> schemas) throws IOException {
        OptionalInt id = WireSchemas.id(value);
        Schema schema = id.isEmpty() ? null : schemas.get(id.getAsInt());
        if (schema == null) {
            return null;
        }
        SpecificDatumReader<Task> reader =
                new SpecificDatumReader<>(schema, Task.getClassSchema(), SpecificData.getForClass(Task.class));
        int length = value.length - WireSchemas.PREFIX;
        return reader.read(null, DecoderFactory.get().binaryDecoder(value, WireSchemas.PREFIX, length, null));
    }
}
