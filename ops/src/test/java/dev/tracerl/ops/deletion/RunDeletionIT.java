package dev.tracerl.ops.deletion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tracerl.ops.archive.SourceFiles;
import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.ops.log.TestLog;
import dev.tracerl.ops.log.TestRun;
import dev.tracerl.ops.run.BrokerTopics;
import dev.tracerl.ops.weights.RunGroups;
import dev.tracerl.ops.weights.RunWeights;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.TopicCreator;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Assignment;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.WeightPin;
import dev.tracerl.schemas.client.TopicReader;
import dev.tracerl.schemas.weights.WeightFolder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunDeletionIT {

    private final TestLog log = TestLog.shared();

    @BeforeAll
    void warmUp() {
        TestRun.warmUp(log, "delete-warm-up");
    }

    @Test
    void whatBelongsToARunGoesAndNothingElse() throws ExecutionException, InterruptedException {
        // Given
        TestRun run = run("gone").versions(0, 1).states(1).status(RunState.FINISHED, 1L);
        TestRun neighbour = run("gone.reward-stream-a").versions(0);
        Map<String, String> before = log.digests(neighbour.topics().all());
        create("gone.reward-stream-open-groups-changelog", "gone.reward-stream-a-changelog.keep");
        create(run.topics().rescoredVerdicts("other"));
        commit("gone.rollout", run.topics().rolloutRequests());
        commit("gone.reward-stream-a.rollout", neighbour.topics().rolloutRequests());

        // When
        JsonNode deleted =
                log.tracerl("delete", "--run", "gone", "--yes", "--json").json();

        // Then
        assertThat(deleted.get("topics").findValuesAsText("topic"))
                .hasSize(run.topics().all().size() + 2)
                .contains("gone.rescore-other.verdicts", "gone.reward-stream-open-groups-changelog");
        assertThat(deleted.get("groups").toString()).isEqualTo("[\"gone.rollout\"]");
        assertThat(deleted.get("bytes").asLong()).isPositive();
        assertThat(BrokerTopics.names(log.connection()))
                .filteredOn(name -> name.startsWith("gone.") && !name.startsWith("gone.reward-stream-a."))
                .containsExactly("gone.reward-stream-a-changelog.keep");
        assertThat(log.digests(neighbour.topics().all())).isEqualTo(before);
        assertThat(new RunGroups(log.connection()).of("gone")).isEmpty();
        assertThat(new RunGroups(log.connection()).of("gone.reward-stream-a")).hasSize(1);
        assertThat(TopicReader.keys(log.connection(), Topics.RUNS))
                .contains("gone.reward-stream-a")
                .doesNotContain("gone");
        assertThat(TopicReader.keys(log.connection(), Topics.RUN_STATUS)).doesNotContain("gone");
    }

    @Test
    void theNameOfADeletedRunIsFreeForAnother() {
        // Given
        run("again").versions(0, 1, 2).states(2).status(RunState.FAILED, 2L);
        log.tracerl("delete", "--run", "again", "--yes");

        // When
        TestRun.inFiles(log, "again", "delete-warm-up");
        JsonNode started = log.tracerl("start", "--run", "again", "--detach", "--deployment", "again-on", "--json")
                .json();
        log.tracerl("stop", "--run", "again");

        // Then
        assertThat(started.get("over").asBoolean()).isFalse();
        RunWeights weights = new RunWeights(log.connection(), log.serdes(), "again");
        assertThat(weights.history()).isEmpty();
        assertThat(weights.newest()).isEmpty();
        TestRun.of(log, "again").versions(0);
        assertThat(weights.stored(weights.history())).containsExactly(0L);
        assertThat(log.read(RunTopics.of("again").trainerStates())).isEmpty();
        assertThat(log.tracerl("runs").out()).containsPattern("again +TRACERL +NEW ");
    }

    @Test
    void aRunThatADeploymentWorksOnStays() {
        // Given
        run("busy").status(RunState.FINISHED, 0L);
        log.send(Topics.ASSIGNMENTS, "busy-on", new Assignment("busy-on", "busy", Instant.EPOCH));

        // When
        TestLog.Result refused = log.tracerl("delete", "--run", "busy", "--yes", "--force");
        log.tracerl("stop", "--run", "busy");
        TestLog.Result afterwards = log.tracerl("delete", "--run", "busy", "--yes");

        // Then
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .isEqualTo("tracerl: run busy is assigned to deployment busy-on: take it off first, "
                        + "with tracerl stop --run busy");
        assertThat(afterwards.code()).isZero();
        assertThat(afterwards.out()).startsWith("Run busy is deleted: 19 topics with ");
    }

    @Test
    void servicesThatDoNotLeaveKeepTheRun() {
        // Given
        TestRun run = run("held");
        Map<String, Object> settings = log.connection().consumerSettings();
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, "held.rollout");
        RunDeletion deletion = new RunDeletion(log.connection(), log.serdes(), Duration.ofMillis(1));
        try (KafkaConsumer<byte[], byte[]> service =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            service.subscribe(List.of(run.topics().rolloutRequests().name()));
            while (service.assignment().isEmpty()) {
                service.poll(Duration.ofMillis(100));
            }

            // When // Then
            assertThatThrownBy(() -> deletion.requireAtRest("held", line -> {}))
                    .isInstanceOf(BadInputException.class)
                    .hasMessage("services are still at work on run held, in group held.rollout: stop them first");
        }
        new RunDeletion(log.connection(), log.serdes()).requireAtRest("held", line -> {});
    }

    @Test
    void aRunWhoseVersionsAreNeededIsDeletedByForceOnly() {
        // Given
        TestRun run = run("needed").versions(0, 1).status(RunState.FINISHED, 1L);
        log.send(run.topics().weightPins(), "1", new WeightPin("needed", 1L, true, Instant.EPOCH));
        TestRun.reinforcement(log, "needed-later", "needed");
        TestRun.reinforcement(log, "needed-now", "needed").versions(0).status(RunState.RUNNING, null);
        TestRun.reinforcement(log, "needed-once", "needed").versions(0).status(RunState.FINISHED, 0L);

        // When
        TestLog.Result refused = log.tracerl("delete", "--run", "needed", "--yes");
        TestLog.Result forced = log.tracerl("delete", "--run", "needed", "--yes", "--force");

        // Then
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .isEqualTo("tracerl: run needed is needed: "
                        + "versions are pinned, 1 (tracerl weights unpin --run needed N); "
                        + "run needed-later begins with its final version and has not started: it never could; "
                        + "run needed-now began with its final version and is not over: "
                        + "without its checkpoint and trainer states it could not go on; "
                        + "run needed-once began with its final version: it could not be replayed from its first step. "
                        + "With --force it is deleted nevertheless");
        assertThat(forced.code()).isZero();
    }

    @Test
    void nothingIsDeletedBeforeSomebodySaysSo() {
        // Given
        TestRun run = run("asked").versions(0);
        Map<String, String> before = log.digests(run.topics().all());

        // When
        TestLog.Result silent = log.tracerl("delete", "--run", "asked");
        TestLog.Result other = onTerminal("other\n", "asked");
        TestLog.Result nothing = onTerminal("", "asked");

        // Then
        assertThat(silent.code()).isEqualTo(2);
        assertThat(silent.err()).contains("asked.weight-chunks ").endsWith("tracerl: nothing is deleted without --yes");
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err())
                .endsWith("To delete this for ever, type the run's name: "
                        + "tracerl: that is not its name: nothing is deleted");
        assertThat(nothing.code()).isEqualTo(2);
        assertThat(log.digests(run.topics().all())).isEqualTo(before);
        assertThat(onTerminal("asked\n", "asked").code()).isZero();
        assertThat(TopicReader.keys(log.connection(), Topics.RUNS)).doesNotContain("asked");
    }

    @Test
    void aDeletionThatWasInterruptedIsFinishedByTheNext() {
        // Given
        TestRun run = run("half").versions(0, 1).status(RunState.RUNNING, null);
        BrokerTopics.delete(
                log.connection(),
                List.of(
                        run.topics().weightsHistory().name(),
                        run.topics().trainerStates().name(),
                        run.topics().weightPins().name()));

        // When
        TestLog.Result result = log.tracerl("delete", "--run", "half", "--yes");

        // Then
        assertThat(result.err()).isEqualTo("deleted 16 topics and 0 consumer groups");
        assertThat(result.code()).isZero();
        assertThat(TopicReader.keys(log.connection(), Topics.RUNS)).doesNotContain("half");
    }

    @Test
    void filesOfWeightsGoAndThoseOfOtherRunsStay(@TempDir Path folder) throws IOException {
        // Given
        TestRun.inFiles(log, "filed", "delete-warm-up");
        SourceFiles files = new SourceFiles("filed", new WeightFolder(folder), log::send);
        files.version(0);
        files.state(1);
        new SourceFiles("filed-2", new WeightFolder(folder), (topic, key, value) -> {}).version(0);

        // When
        TestLog.Result unseen = log.tracerl("delete", "--run", "filed", "--yes");
        TestLog.Result result = log.tracerl("delete", "--run", "filed", "--yes", "--weight-folder", folder.toString());

        // Then
        assertThat(unseen.code()).isEqualTo(2);
        assertThat(unseen.err())
                .isEqualTo("tracerl: the bytes of run filed are files: "
                        + "say where the weight folder is, with --weight-folder");
        assertThat(result.out().strip()).endsWith(" and its files of weights");
        assertThat(folder.resolve(files.home())).doesNotExist();
        assertThat(Files.exists(folder.resolve("filed-2-1764108000000"))).isTrue();
    }

    private TestRun run(String runId) {
        return TestRun.reinforcement(log, runId, "delete-warm-up");
    }

    private TestLog.Result onTerminal(String typed, String runId) {
        InputStream in = System.in;
        System.setIn(new ByteArrayInputStream(typed.getBytes(UTF_8)));
        System.setProperty("tracerl.terminal", "true");
        try {
            return log.tracerl("delete", "--run", runId);
        } finally {
            System.clearProperty("tracerl.terminal");
            System.setIn(in);
        }
    }

    private void create(Topic<?> topic) {
        try (Admin admin = Admin.create(log.connection().clientSettings())) {
            TopicCreator.create(admin, List.of(topic), (short) -1);
        }
    }

    private void create(String... names) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(log.connection().clientSettings())) {
            for (String name : Set.of(names)) {
                admin.createTopics(List.of(new NewTopic(name, 1, (short) 1)))
                        .all()
                        .get();
            }
        }
    }

    private void commit(String group, Topic<?> topic) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(log.connection().clientSettings())) {
            admin.alterConsumerGroupOffsets(
                            group, Map.of(new TopicPartition(topic.name(), 0), new OffsetAndMetadata(0)))
                    .all()
                    .get();
        }
    }
}
