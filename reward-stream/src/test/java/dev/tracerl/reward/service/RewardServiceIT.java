package dev.tracerl.reward.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tracerl.reward.Records;
import dev.tracerl.reward.Runs;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.TopicCreator;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Assignment;
import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.Stray;
import dev.tracerl.schemas.avro.StrayKind;
import dev.tracerl.schemas.avro.Verdict;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.RunAssignment;
import dev.tracerl.schemas.client.TopicReader;
import dev.tracerl.test.EmbeddedKafka;
import dev.tracerl.test.EmbeddedRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RewardServiceIT {

    private static final int STEPS = 30;
    private static final int MAX_LAG = 2;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;
    private static EmbeddedRegistry registry;
    private static Connection connection;
    private static AvroSerdes serdes;

    private final RunTopics topics = RunTopics.of(Runs.RUN);

    @BeforeAll
    static void startStack() {
        kafka = EmbeddedKafka.start();
        registry = EmbeddedRegistry.start();
        connection = new Connection(kafka.bootstrapServers(), registry.url());
        serdes = connection.serdes();
    }

    @AfterAll
    static void stopStack() {
        registry.close();
        kafka.close();
    }

    @Test
    void aServiceThatIsKilledTwiceLosesAndRepeatsNothing() throws Exception {
        // Given
        RunSpec run = run();
        prepare(run);
        String health;
        String metrics;
        int exitCode;

        // When
        try (ServiceProcess service = new ServiceProcess(connection, directory);
                FakeServices others = new FakeServices(connection, serdes, run)) {
            others.start();
            service.start();
            for (int step : new int[] {STEPS / 3, 2 * STEPS / 3}) {
                awaitStatus(status -> status.getStep() >= step);
                service.kill();
                service.start();
            }
            awaitStatus(status -> status.getState() == RunState.FINISHED);
            await().pollInterval(Duration.ofMillis(500)).atMost(LIMIT).until(this::everyTrajectoryIsRecorded);
            health = service.get("/q/health/ready");
            metrics = service.get("/q/metrics");
            assign(null);
            exitCode = service.awaitExit(Duration.ofSeconds(20));
        }

        // Then
        assertNothingIsRecordedTwice();
        assertThat(groups(all(topics.groupOutcomes()))).containsExactlyInAnyOrderElementsOf(requested());
        assertThat(all(topics.evaluations()))
                .extracting(Evaluation::getAccuracy)
                .containsExactly(1.0, 1.0);
        assertThat(all(topics.deadLetters())).isEmpty();
        assertThat(status().getFinalVersion()).isEqualTo(STEPS);
        assertThat(health).contains("\"UP\"");
        assertThat(metrics)
                .contains("reward_verdicts_total{", "admission_policy_version{run=\"toy\"} " + STEPS, "kafka_stream");
        assertThat(exitCode).isEqualTo(RunAssignment.EXIT_CODE);
        all(topics.rolloutRequests()).stream()
                .filter(request -> request.getPurpose() == Purpose.TRAINING)
                .forEach(this::assertWithinCapacity);
    }

    @Test
    void aServiceWhoseRunHasFailedIsReadyForTheNextAndSaysSo() throws Exception {
        // Given
        createTopics();
        RunSpec gone = RunSpec.newBuilder(run()).setRunId("gone").build();
        send(Topics.RUNS, "gone", gone);
        send(
                Topics.RUN_STATUS,
                "gone",
                RunStatus.newBuilder(status())
                        .setRunId("gone")
                        .setState(RunState.FAILED)
                        .build());
        send(Topics.ASSIGNMENTS, "idle", new Assignment("idle", "gone", Instant.now()));

        // When
        try (ServiceProcess service =
                new ServiceProcess(connection, directory.resolve("idle"), Map.of("TRACERL_DEPLOYMENT", "idle"))) {
            service.start();

            // Then
            await().ignoreExceptions()
                    .atMost(LIMIT)
                    .until(() -> service.get("/q/health").contains("idle: run gone has failed"));
            assertThat(service.get("/q/health")).contains("\"status\": \"UP\"").doesNotContain("DOWN");
        }
    }

    @Test
    void aRunThatIsMadeAgainUnderItsNameFindsNothingOfTheEarlier() throws Exception {
        // Given
        RunSpec run = run();
        prepare(run);
        try (ServiceProcess service = new ServiceProcess(connection, directory);
                FakeServices others = new FakeServices(connection, serdes, run)) {
            others.start();
            service.start();
            awaitStatus(status -> status.getStep() >= 2);
            service.kill();
        }
        forget();
        run.getStop().setMaxSteps(2);
        prepare(run);

        // When
        try (ServiceProcess service = new ServiceProcess(connection, directory);
                FakeServices others = new FakeServices(connection, serdes, run)) {
            others.start();
            service.start();
            awaitStatus(status -> status.getState() == RunState.FINISHED);
            await().pollInterval(Duration.ofMillis(500)).atMost(LIMIT).until(this::everyTrajectoryIsRecorded);
        }

        // Then
        assertThat(all(topics.deadLetters())).isEmpty();
        assertThat(all(topics.strays())).extracting(Stray::getKind).containsOnly(StrayKind.DUPLICATE);
        assertThat(groups(all(topics.groupOutcomes()))).containsExactlyInAnyOrderElementsOf(requested());
        assertThat(status().getFinalVersion()).isEqualTo(2);
    }

    /** Deletes everything that the broker holds; the service's directory stays. */
    @AfterEach
    void forget() throws Exception {
        try (Admin admin = Admin.create(connection.clientSettings())) {
            admin.deleteTopics(admin.listTopics().names().get()).all().get();
        }
    }

    private void assertNothingIsRecordedTwice() {
        assertThat(all(topics.verdicts())).extracting(Verdict::getTrajectoryId).doesNotHaveDuplicates();
        assertThat(all(topics.strays()))
                .extracting(stray -> stray.getPartition() + "@" + stray.getOffset())
                .doesNotHaveDuplicates();
        assertThat(all(topics.groupOutcomes()))
                .extracting(GroupOutcome::getGroupId)
                .doesNotHaveDuplicates();
    }

    /** Each is judged or a stray. */
    private boolean everyTrajectoryIsRecorded() {
        int recorded = all(topics.verdicts()).size() + all(topics.strays()).size();
        return recorded == all(topics.trajectories()).size();
    }

    /** Sequence numbers are dense, so a request's number tells how many groups were issued before it. */
    private void assertWithinCapacity(RolloutRequest request) {
        long filtered = (request.getSequence() + FakeServices.FILTER_EVERY - 1) / FakeServices.FILTER_EVERY;
        long capacity =
                (MAX_LAG + request.getIssuedAtVersion() + 1) * run().getGroups().getGroupsPerStep();
        assertThat(request.getSequence() + 1 - filtered).isLessThanOrEqualTo(capacity);
    }

    private static void awaitStatus(Predicate<RunStatus> condition) {
        await().pollInterval(Duration.ofMillis(500))
                .atMost(LIMIT)
                .failFast(() -> status().getState() == RunState.FAILED)
                .until(() -> condition.test(status()));
    }

    private static RunSpec run() {
        RunSpec run = Runs.run();
        run.getGroups().setMaxLag(MAX_LAG);
        run.getGroups().setTimeoutMillis(2 * LIMIT.toMillis());
        run.getStop().setMaxSteps(STEPS);
        run.getEvaluation().add(Runs.plan(Runs.TASKS, 2, 0));
        return run;
    }

    private void createTopics() {
        try (Admin admin = Admin.create(connection.clientSettings())) {
            List<Topic<?>> all = new ArrayList<>(Topics.shared());
            all.addAll(topics.all());
            TopicCreator.create(admin, all, (short) 1);
        }
    }

    private void prepare(RunSpec run) {
        createTopics();
        try (KafkaProducer<String, SpecificRecord> producer =
                new KafkaProducer<>(connection.producerSettings(), new StringSerializer(), serdes.serializer())) {
            for (int index = 0; index < Runs.TASKS; index++) {
                var train = Records.task(Runs.TRAIN, index);
                var test = Records.task(Runs.TEST, index);
                producer.send(new ProducerRecord<>(Topics.TASKS.name(), train.getTaskId(), train));
                producer.send(new ProducerRecord<>(Topics.TASKS.name(), test.getTaskId(), test));
            }
            producer.send(new ProducerRecord<>(Topics.RUNS.name(), Runs.RUN, run));
        }
        assign(Runs.RUN);
    }

    private static void assign(String runId) {
        send(Topics.ASSIGNMENTS, "local", new Assignment("local", runId, Instant.now()));
    }

    private static <V extends SpecificRecord> void send(Topic<V> topic, String key, V value) {
        try (KafkaProducer<String, SpecificRecord> producer =
                new KafkaProducer<>(connection.producerSettings(), new StringSerializer(), serdes.serializer())) {
            producer.send(new ProducerRecord<>(topic.name(), key, value));
        }
    }

    private static RunStatus status() {
        RunStatus none = RunStatus.newBuilder()
                .setRunId(Runs.RUN)
                .setState(RunState.RUNNING)
                .setReason("")
                .setStep(-1)
                .setVersion(-1)
                .setAt(Instant.EPOCH)
                .build();
        return TopicReader.latest(connection, serdes, Topics.RUN_STATUS).getOrDefault(Runs.RUN, none);
    }

    private List<String> requested() {
        return all(topics.rolloutRequests()).stream()
                .map(RolloutRequest::getGroupId)
                .toList();
    }

    private static List<String> groups(List<GroupOutcome> outcomes) {
        return outcomes.stream().map(GroupOutcome::getGroupId).toList();
    }

    private static <V extends SpecificRecord> List<V> all(Topic<V> topic) {
        List<V> all = new ArrayList<>();
        TopicReader.each(connection, serdes, topic, (key, value) -> value.ifPresent(all::add));
        return all;
    }
}
