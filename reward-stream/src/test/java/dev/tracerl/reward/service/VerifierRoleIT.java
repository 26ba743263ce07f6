package dev.tracerl.reward.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tracerl.reward.Records;
import dev.tracerl.reward.Runs;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.TopicCreator;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Assignment;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.Verdict;
import dev.tracerl.schemas.avro.VerdictOutcome;
import dev.tracerl.schemas.avro.VerificationAnswer;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import dev.tracerl.test.EmbeddedKafka;
import dev.tracerl.test.EmbeddedRegistry;
import dev.tracerl.verifiers.Verifiers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two workers judge programs for the topology; one of them is killed. */
class VerifierRoleIT {

    private static final int STEPS = 8;
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String RIGHT = "print(int(input()) ** 2)";
    private static final String WRONG = "while True: pass";
    private static final String TESTS =
            "{\"kind\": \"stdio\", \"timeLimitSeconds\": 0.3, \"cases\":" + " [{\"input\": \"3\", \"output\": \"9\"}]}";

    @TempDir
    private static Path directory;

    private final RunTopics topics = RunTopics.of(Runs.RUN);

    @Test
    void aWorkerThatIsKilledLosesAndRepeatsNoVerdict() throws Exception {
        Optional<String> missing = Verifiers.byKind().get("code").unavailable();
        missing.ifPresent(reason -> System.err.println("SKIPPED: no verifier on this host: " + reason));
        assumeTrue(missing.isEmpty());
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            // Given
            Connection connection = new Connection(kafka.bootstrapServers(), registry.url());
            AvroSerdes serdes = connection.serdes();
            prepare(connection, serdes, "code", Map.of("tests", TESTS));
            RunSpec run = run();

            // When
            try (ServiceProcess service = new ServiceProcess(connection, directory);
                    ServiceProcess first = worker(connection, "verifier-a");
                    ServiceProcess second = worker(connection, "verifier-b");
                    FakeServices others = new FakeServices(connection, serdes, run, RIGHT, WRONG)) {
                others.start();
                service.start();
                first.start();
                second.start();
                await().atMost(LIMIT).until(() -> workers(connection, serdes).size() == 2);
                first.kill();
                await().pollInterval(Duration.ofMillis(500))
                        .atMost(LIMIT)
                        .until(() -> state(connection, serdes) == RunState.FINISHED);
            }

            // Then
            assertOneVerdictPerTrajectory(connection, serdes);
            assertThat(all(connection, serdes, topics.deadLetters())).isEmpty();
        }
    }

    @Test
    void aWorkerWhoseHostLacksWhatTheTasksNeedDoesNotJoin() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            // Given
            Connection connection = new Connection(kafka.bootstrapServers(), registry.url());
            AvroSerdes serdes = connection.serdes();
            prepare(connection, serdes, "weighted", Map.of("parts", "1 judge", "model", "grader"));

            // When
            int code;
            try (ServiceProcess worker = worker(connection, "verifier-a")) {
                worker.start();
                code = worker.awaitExit(LIMIT);
            }

            // Then
            assertThat(code).isEqualTo(1);
            assertThat(workers(connection, serdes)).isEmpty();
        }
    }

    private void assertOneVerdictPerTrajectory(Connection connection, AvroSerdes serdes) {
        List<Verdict> verdicts = all(connection, serdes, topics.verdicts());
        Set<String> trajectories = new HashSet<>(all(connection, serdes, topics.trajectories()).stream()
                .map(Trajectory::getTrajectoryId)
                .toList());
        Set<String> ended = all(connection, serdes, topics.groupOutcomes()).stream()
                .map(GroupOutcome::getGroupId)
                .collect(Collectors.toSet());
        assertThat(verdicts).extracting(Verdict::getTrajectoryId).doesNotHaveDuplicates();
        assertThat(verdicts)
                .extracting(Verdict::getOutcome)
                .containsOnly(VerdictOutcome.CORRECT, VerdictOutcome.INCORRECT);
        assertThat(verdicts.stream()
                        .filter(verdict -> ended.contains(verdict.getGroupId()))
                        .map(Verdict::getTrajectoryId))
                .containsExactlyInAnyOrderElementsOf(trajectories.stream()
                        .filter(id -> ended.contains(id.substring(0, id.lastIndexOf('/'))))
                        .toList());
    }

    private static ServiceProcess worker(Connection connection, String name) {
        return new ServiceProcess(
                connection,
                directory,
                Map.of("TRACERL_ROLE", "verifier", "TRACERL_WORKER", name, "TRACERL_VERIFIER_SESSION_TIMEOUT", "6s"));
    }

    private Set<String> workers(Connection connection, AvroSerdes serdes) {
        return all(connection, serdes, topics.verificationAnswers()).stream()
                .map(VerificationAnswer::getWorker)
                .collect(Collectors.toSet());
    }

    private static RunSpec run() {
        RunSpec run = Runs.run();
        run.getGroups().setGroupsPerStep(4);
        run.getGroups().setTimeoutMillis(2 * LIMIT.toMillis());
        run.getStop().setMaxSteps(STEPS);
        return run;
    }

    private void prepare(Connection connection, AvroSerdes serdes, String kind, Map<String, String> inputs) {
        try (Admin admin = Admin.create(connection.clientSettings())) {
            List<Topic<?>> all = new ArrayList<>(Topics.shared());
            all.addAll(topics.all());
            TopicCreator.create(admin, all, (short) 1);
        }
        try (KafkaProducer<String, SpecificRecord> producer =
                new KafkaProducer<>(connection.producerSettings(), new StringSerializer(), serdes.serializer())) {
            for (int index = 0; index < Runs.TASKS; index++) {
                Task task = Records.task(Runs.TRAIN, index);
                task.setKind(kind);
                task.setInputs(inputs);
                producer.send(new ProducerRecord<>(Topics.TASKS.name(), task.getTaskId(), task));
            }
            producer.send(new ProducerRecord<>(Topics.RUNS.name(), Runs.RUN, run()));
            producer.send(new ProducerRecord<>(
                    Topics.ASSIGNMENTS.name(), "local", new Assignment("local", Runs.RUN, Instant.now())));
        }
    }

    private static RunState state(Connection connection, AvroSerdes serdes) {
        RunStatus status =
                TopicReader.latest(connection, serdes, Topics.RUN_STATUS).get(Runs.RUN);
        return status == null ? RunState.RUNNING : status.getState();
    }

    private static <V extends SpecificRecord> List<V> all(Connection connection, AvroSerdes serdes, Topic<V> topic) {
        List<V> all = new ArrayList<>();
        TopicReader.each(connection, serdes, topic, (key, value) -> value.ifPresent(all::add));
        return all;
    }
}
