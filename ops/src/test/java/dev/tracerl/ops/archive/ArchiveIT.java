package dev.tracerl.ops.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.ops.audit.AuditReport;
import dev.tracerl.ops.audit.RunAudit;
import dev.tracerl.ops.deadletters.Letter;
import dev.tracerl.ops.deadletters.LetterBox;
import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.ops.run.Loader;
import dev.tracerl.ops.weights.RunWeights;
import dev.tracerl.schemas.OriginalPlace;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.WeightChunk;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.RecordReader;
import dev.tracerl.schemas.client.TopicReader;
import dev.tracerl.schemas.weights.StoredWeights;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.schemas.weights.WeightReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** From one broker to another, with another registry. */
class ArchiveIT {

    private static final String RUN = ArchivedRun.RUN;

    private final ArchivedRun run = ArchivedRun.shared();
    private final Connection source = run.source();
    private final Connection target = run.target();
    private final Path archive = run.archive();

    @Test
    void aRestoredRunHasTheSameAuditOnAnotherLayout() {
        // Given
        RestoreOptions options = new RestoreOptions(Optional.of("copy"), OptionalInt.of(3), true, false);

        // When
        run.restore(options);

        // Then
        AuditReport before = new RunAudit(source, source.serdes()).of(RUN);
        AuditReport after = new RunAudit(target, target.serdes()).of("copy");
        assertThat(before.steps()).as("a step came after the cut").isEqualTo(after.steps() + 1);
        assertThat(after.training()).isEqualTo(before.training());
        assertThat(after.verdicts()).isEqualTo(before.verdicts()).isEqualTo(4);
        assertThat(after.findings())
                .extracting(finding -> finding.text())
                .isEqualTo(before.findings().stream()
                        .map(finding -> finding.text())
                        .toList())
                .containsExactly("has 1 undecodable records");
        assertThat(records(target, RunTopics.of("copy").trajectories()))
                .extracting(ConsumerRecord::partition)
                .containsOnly(0, 1, 2);
        aLetterNamesTheCopy();
        everyRecordIsWhatItWas();
    }

    private void aLetterNamesTheCopy() {
        Letter letter =
                LetterBox.read(target, target.serdes(), "copy").letters().get(0);
        assertThat(letter.letter().getTopic()).isEqualTo("copy.rollout-requests");
        RolloutRequest refused = target.serdes()
                .deserializer(RolloutRequest.class)
                .deserialize(letter.letter().getTopic(), letter.value());
        assertThat(refused.getRunId()).isEqualTo("copy");
        assertThat(refused.getGroupId()).as("what happened keeps its ids").isEqualTo("source-t-000001");
    }

    private void everyRecordIsWhatItWas() {
        List<Topic<?>> topics = new ArrayList<>(RunTopics.of(RUN).all());
        topics.add(RunTopics.of(RUN).rescoredVerdicts("again"));
        for (Topic<?> topic : topics) {
            String copy = "copy" + topic.name().substring(RUN.length());
            List<String> before = new ArrayList<>(identities(source, topic.name()));
            if (topic.name().endsWith("train-steps")) {
                before.remove(before.size() - 1); // after the cut
            }
            before.removeIf(record -> topic.valueType() == WeightChunk.class && record.matches(".* [34]-0 .*"));
            assertThat(identities(target, copy)).as(copy).containsExactlyInAnyOrderElementsOf(before);
        }
    }

    @Test
    void weightsAreFoundWhereTheirManifestSays() {
        // When
        run.restoreAs("weights");

        // Then
        WeightManifest manifest = new RunWeights(target, target.serdes(), "weights").requireStored(1);
        assertThat(manifest.getModelId()).isEqualTo("weights");
        assertThat(manifest.getLocation()).isEqualTo("0:1");
        try (WeightReader reader = new StoredWeights(target, target.serdes());
                WeightBytes bytes = reader.read(manifest)) {
            assertThat(bytes.toArray()).asString(UTF_8).isEqualTo("the weights of a version");
        }
    }

    @Test
    void theRunsOwnTasksAndRecordAreRestoredAndNoOther() {
        // When
        run.restore(ArchivedRun.SAME);

        // Then
        String set = SourceLog.spec(RUN).getTasks().get(0).getSet();
        assertThat(TopicReader.latest(target, target.serdes(), Topics.TASKS)).containsOnlyKeys(set + "/0");
        assertThat(TopicReader.latest(target, target.serdes(), Topics.RUNS)).doesNotContainKey("other");
        assertThat(TopicReader.latest(target, target.serdes(), Topics.RUNS).get(RUN))
                .satisfies(run ->
                        assertThat(run.getTasks()).isEqualTo(SourceLog.spec(RUN).getTasks()));
        assertThatThrownBy(() -> run.restore(ArchivedRun.SAME))
                .isInstanceOf(BadInputException.class)
                .hasMessage("run source is on that broker already and stays as it is: choose another name with --as");
    }

    @Test
    void verdictsOfARunThatIsNamedLikeARescoreAreItsOwn() {
        // Given
        RunSpec other = SourceLog.spec("taken.rescore-again");
        new Loader(target, target.serdes()).send(Topics.RUNS, Map.of(other.getRunId(), other));

        // Then
        assertThat(run.manifest().partitions())
                .extracting(Manifest.Partition::topic)
                .contains("rescore-again.verdicts")
                .doesNotContain("rescore-other.verdicts");
        assertThatThrownBy(() -> run.restoreAs("taken"))
                .isInstanceOf(BadInputException.class)
                .hasMessage("run taken.rescore-again on that broker has a topic that run taken needs: "
                        + "choose another name with --as");
    }

    @Test
    void whatAnInterruptedRestoreLeftIsDeletedOnlyWhenAskedFor() {
        // Given
        RestoreOptions options = new RestoreOptions(Optional.of("late"), OptionalInt.empty(), true, false);
        Restorer restorer = new Restorer(target, target.serdes());
        assertThatThrownBy(() -> restorer.restore(archive, options, line -> {
                    if (line.startsWith("train-steps")) {
                        throw new IllegalStateException("killed");
                    }
                }))
                .hasMessage("killed");
        assertThatThrownBy(() -> restorer.restore(archive, options, line -> {}))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("--again deletes them first");

        // When
        restorer.restore(archive, new RestoreOptions(Optional.of("late"), OptionalInt.empty(), true, true), line -> {});

        // Then
        assertThat(records(target, RunTopics.of("late").trainSteps())).hasSize(1);
    }

    @Test
    void theArchiveWentOnWhereItWasInterrupted() throws IOException {
        // When
        Manifest manifest = run.manifest();

        // Then
        assertThat(manifest.complete()).isTrue();
        assertThat(manifest.partitions()).allMatch(Manifest.Partition::isDone);
        try (Stream<Path> files = Files.walk(archive)) {
            Set<String> named = new HashSet<>(
                    manifest.segments().map(Manifest.Segment::file).toList());
            assertThat(files.filter(file -> file.toString().endsWith(".gz"))
                            .map(file -> archive.relativize(file).toString()))
                    .containsExactlyInAnyOrderElementsOf(named)
                    .hasSizeGreaterThan(12);
        }
    }

    @Test
    void aDamagedArchiveWritesNothing() throws IOException {
        // Given
        Path segment = archive.resolve("run/train-steps/0/00000000000000000000.gz");
        byte[] bytes = Files.readAllBytes(segment);
        byte[] damaged = bytes.clone();
        damaged[bytes.length / 2] ^= 4;
        Files.write(segment, damaged);

        // Then
        assertThatThrownBy(() -> run.restoreAs("damaged"))
                .isInstanceOf(DamagedArchiveException.class)
                .hasMessageContaining("run/train-steps/0/00000000000000000000.gz is damaged: its SHA-256 differs; ")
                .hasMessageContaining("record 1 (the first)");
        assertThat(TopicReader.latest(target, target.serdes(), Topics.RUNS)).doesNotContainKey("damaged");
        Files.write(segment, bytes);
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(Connection connection, Topic<?> topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        RecordReader.each(connection, topic.name(), records::add);
        return records;
    }

    /** What must not change: first place, time, key but for the run's name, headers. */
    private static List<String> identities(Connection connection, String topic) {
        List<String> identities = new ArrayList<>();
        RecordReader.each(connection, topic, found -> {
            String key = new String(found.key(), UTF_8);
            boolean traced = found.headers().lastHeader("traceparent") != null;
            identities.add(OriginalPlace.of(found) + " " + found.timestamp() + " "
                    + (key.equals("copy") ? RUN : key) + " " + traced + " "
                    + (found.value() == null ? "tombstone" : "value"));
        });
        return identities;
    }
}
