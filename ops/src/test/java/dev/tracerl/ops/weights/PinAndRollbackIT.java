package dev.tracerl.ops.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.tracerl.ops.log.TestLog;
import dev.tracerl.ops.log.TestRun;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Assignment;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.avro.WeightPin;
import dev.tracerl.schemas.client.TopicReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PinAndRollbackIT {

    private final TestLog log = TestLog.shared();

    @BeforeAll
    void warmUp() {
        TestRun.warmUp(log, "keep-warm-up");
    }

    @Test
    void aPinIsOnTheLogUntilItIsTakenBack() {
        // Given
        TestRun run = run("keep-pin").versions(0, 1, 2);

        // When
        TestLog.Result pinned = weights("pin", run, 1);
        TestLog.Result listed = log.tracerl("weights", "list", "--run", "keep-pin");
        TestLog.Result unpinned = weights("unpin", run, 1);
        TestLog.Result again = weights("unpin", run, 1);

        // Then
        assertThat(pinned.err()).isEmpty();
        assertThat(pinned.out().strip()).isEqualTo("Version 1 of run keep-pin is pinned: its bytes stay.");
        assertThat(listed.out().lines().toList())
                .hasSize(4)
                .satisfies(lines -> assertThat(lines.get(2)).endsWith("pinned"))
                .satisfies(lines -> assertThat(lines.get(3)).endsWith("newest"));
        assertThat(unpinned.out()).contains("the next published version drops it if the weight plan does");
        assertThat(again.out()).contains("is not pinned.");
        assertThat(log.read(run.topics().weightPins()))
                .extracting(WeightPin::getVersion, WeightPin::getPinned)
                .containsExactly(tuple(1L, true), tuple(1L, false));
    }

    @Test
    void aVersionThatIsGoneCannotBePinned() {
        // Given
        TestRun run = run("keep-gone").versions(0, 1, 2).drop(1);

        // When
        TestLog.Result result = weights("pin", run, 1);

        // Then
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .contains("the bytes of version 1 of run keep-gone are not on the log any more")
                .contains("there are those of 0, 2");
        assertThat(log.read(run.topics().weightPins())).isEmpty();
    }

    @Test
    void aPinThatComesTooLateIsRefusedAndTakenBack() {
        // Given
        TestRun run = run("keep-late").versions(0, 1, 2);
        Map<String, Object> settings = log.connection().producerSettings();
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "keep-late.trainer");
        try (KafkaProducer<String, byte[]> trainer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            trainer.initTransactions();
            trainer.beginTransaction();
            trainer.send(new ProducerRecord<>(run.topics().weightChunks().name(), 0, "1-0", null));
            trainer.flush();

            // When
            CompletableFuture<TestLog.Result> pin = CompletableFuture.supplyAsync(() -> weights("pin", run, 1));
            await().until(() -> log.read(run.topics().weightPins()).size() == 1);
            trainer.commitTransaction();

            // Then
            assertThat(pin.join().code()).isEqualTo(2);
            assertThat(pin.join().err())
                    .contains("the bytes of version 1 of run keep-late are not on the log any more");
        }
        assertThat(new WeightPins(new RunWeights(log.connection(), log.serdes(), "keep-late")).pinned())
                .isEmpty();
    }

    @Test
    void readersGetTheVersionThatAFinishedRunWasRolledBackTo() {
        // Given
        TestRun run = run("keep-back").versions(0, 1, 2, 3).status(RunState.FINISHED, 3L);

        // When
        TestLog.Result result = weights("rollback", run, 1);
        TestLog.Result again = weights("rollback", run, 1);

        // Then
        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines())
                .containsExactly(
                        "Readers of run keep-back get version 1 instead of 3.",
                        "To train on: tracerl fork --run keep-back --at 1 --as NAME");
        assertThat(again.out()).startsWith("Readers of run keep-back get version 1.");
        WeightManifest newest = TopicReader.latest(
                        log.connection(), log.serdes(), run.topics().weights())
                .get("keep-back");
        assertThat(newest.getVersion()).isEqualTo(1);
        assertThat(newest.getRolledBackFrom()).isEqualTo(3);
        List<WeightManifest> history = log.read(run.topics().weightsHistory());
        assertThat(history).hasSize(5).endsWith(newest);
        assertThat(status("keep-back").getState()).isEqualTo(RunState.FINISHED);
        assertThat(status("keep-back").getFinalVersion()).isEqualTo(1);
        assertThat(status("keep-back").getReason()).startsWith("rolled back from version 3 to version 1");
    }

    @Test
    void aRunThatWasStoppedCannotGoOnAfterARollback() {
        // Given
        TestRun run = run("keep-stopped").versions(0, 1, 2).status(RunState.RUNNING, null);

        // When
        TestLog.Result result = weights("rollback", run, 0);
        TestLog.Result started = log.tracerl("start", "--run", "keep-stopped", "--detach", "--deployment", "keep-none");

        // Then
        assertThat(result.code()).isZero();
        assertThat(status("keep-stopped").getState()).isEqualTo(RunState.FAILED);
        assertThat(status("keep-stopped").getReason())
                .isEqualTo("rolled back from version 2 to version 0; "
                        + "train on with tracerl fork --run keep-stopped --at 0 --as NAME");
        assertThat(started.code()).isEqualTo(1);
        assertThat(started.out())
                .contains("run keep-stopped is over, FAILED: rolled back from version 2 to version 0; ");
        assertThat(TopicReader.latest(log.connection(), log.serdes(), Topics.ASSIGNMENTS))
                .doesNotContainKey("keep-none");
    }

    @Test
    void aRunningRunIsNotRolledBack() {
        // Given
        TestRun run = run("keep-running").versions(0, 1).status(RunState.RUNNING, null);
        log.send(Topics.ASSIGNMENTS, "keep-on", new Assignment("keep-on", "keep-running", Instant.EPOCH));

        // When
        TestLog.Result result = weights("rollback", run, 0);
        log.tracerl("stop", "--run", "keep-running");
        TestLog.Result afterwards = weights("rollback", run, 0);

        // Then
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err().strip())
                .isEqualTo("tracerl: run keep-running is running on deployment keep-on: "
                        + "stop it first, with tracerl stop --run keep-running");
        assertThat(afterwards.code()).isZero();
    }

    @Test
    void aVersionThatIsGoneCannotBeRolledBackTo() {
        // Given
        TestRun run = run("keep-lost").versions(0, 1, 2).drop(1).status(RunState.FINISHED, 2L);

        // When
        TestLog.Result result = weights("rollback", run, 1);

        // Then
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("there are those of 0, 2");
        assertThat(log.read(run.topics().weightsHistory())).hasSize(3);
    }

    private TestRun run(String runId) {
        return TestRun.reinforcement(log, runId, "keep-warm-up");
    }

    private TestLog.Result weights(String command, TestRun run, long version) {
        return log.tracerl("weights", command, "--run", run.spec().getRunId(), String.valueOf(version));
    }

    private RunStatus status(String runId) {
        return TopicReader.latest(log.connection(), log.serdes(), Topics.RUN_STATUS)
                .get(runId);
    }
}
