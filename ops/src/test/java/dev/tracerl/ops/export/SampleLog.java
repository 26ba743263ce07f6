package dev.tracerl.ops.export;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.Verdict;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * The log of a short real run, {@code sudoku-small}: {@code runs/sudoku.yaml} with 12 groups of 6 samples per step and 24
 * steps, from version 60 of its warm-up. An Avro file per topic, made by {@link #main}.
 */
public record SampleLog(
        RunSpec run,
        List<Trajectory> trajectories,
        List<Verdict> verdicts,
        List<TrainingGroup> groups,
        List<GroupOutcome> outcomes,
        List<TrainStep> steps,
        List<Evaluation> evaluations) {

    private static final String FOLDER = "sudoku-small/";

    /** The log as it was made. */
    public static SampleLog load() {
        return new SampleLog(
                read(RunSpec.class, "run").get(0),
                read(Trajectory.class, "trajectories"),
                read(Verdict.class, "verdicts"),
                read(TrainingGroup.class, "training-groups"),
                read(GroupOutcome.class, "group-outcomes"),
                read(TrainStep.class, "train-steps"),
                read(Evaluation.class, "evaluations"));
    }

    /** The same log under another run's id. */
    public SampleLog as(String runId) {
        return new SampleLog(
                renamed(List.of(run), runId).get(0),
                renamed(trajectories, runId),
                renamed(verdicts, runId),
                renamed(groups, runId),
                renamed(outcomes, runId),
                renamed(steps, runId),
                renamed(evaluations, runId));
    }

    private <V extends SpecificRecord> List<V> renamed(List<V> records, String runId) {
        return records.stream()
                .map(each -> SpecificData.get().deepCopy(each.getSchema(), each))
                .peek(copy -> rename(copy, runId))
                .toList();
    }

    /** Ids begin with the run's id. */
    private void rename(IndexedRecord copy, String runId) {
        for (Schema.Field field : copy.getSchema().getFields()) {
            Object value = copy.get(field.pos());
            if (value instanceof List<?> list) {
                copy.put(
                        field.pos(),
                        list.stream().map(each -> renamed(each, runId)).toList());
            } else {
                copy.put(field.pos(), renamed(value, runId));
            }
        }
    }

    private Object renamed(Object value, String runId) {
        if (value instanceof IndexedRecord inner) {
            rename(inner, runId);
        }
        boolean isId = value instanceof String text && text.startsWith(run.getRunId());
        return isId ? runId + ((String) value).substring(run.getRunId().length()) : value;
    }

    /** The first groups of the log, by the numbers of training and evaluation groups. */
    public SampleLog first(long groupCount) {
        return new SampleLog(
                run,
                trajectories.stream()
                        .filter(each -> each.getSequence() < groupCount)
                        .toList(),
                verdicts.stream()
                        .filter(each -> Ids.sequence(each.getGroupId()) < groupCount)
                        .toList(),
                groups.stream().filter(each -> each.getSequence() < groupCount).toList(),
                outcomes.stream()
                        .filter(each -> each.getSequence() < groupCount)
                        .toList(),
                steps,
                evaluations);
    }

    private static <V extends SpecificRecord> List<V> read(Class<V> type, String name) {
        try (InputStream file =
                        Objects.requireNonNull(SampleLog.class.getResourceAsStream(FOLDER + name + ".avro"), name);
                DataFileStream<V> records = new DataFileStream<>(file, new SpecificDatumReader<>(type))) {
            List<V> all = new ArrayList<>();
            records.forEach(all::add);
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the files of a run: broker, registry, run, folder. */
    public static void main(String[] args) throws IOException {
        Connection connection = new Connection(args[0], args[1]);
        AvroSerdes serdes = connection.serdes();
        Path folder = Files.createDirectories(Path.of(args[3]));
        RunTopics topics = RunTopics.of(args[2]);
        write(List.of(TopicReader.latest(connection, serdes, Topics.RUNS).get(args[2])), folder.resolve("run.avro"));
        for (Topic<?> topic : List.of(
                topics.trajectories(),
                topics.verdicts(),
                topics.trainingGroups(),
                topics.groupOutcomes(),
                topics.trainSteps(),
                topics.evaluations())) {
            List<SpecificRecord> all = new ArrayList<>();
            TopicReader.each(connection, serdes, topic, (key, value) -> all.add(value.orElseThrow()));
            write(all, folder.resolve(topic.name().substring(args[2].length() + 1) + ".avro"));
        }
    }

    private static <V extends SpecificRecord> void write(List<V> records, Path file) throws IOException {
        try (DataFileWriter<V> writer = new DataFileWriter<>(new SpecificDatumWriter<>())) {
            writer.setCodec(CodecFactory.zstandardCodec(19));
            writer.setSyncInterval(1 << 20);
            writer.create(records.get(0).getSchema(), file.toFile());
            for (V value : records) {
                writer.append(value);
            }
        }
    }
}
