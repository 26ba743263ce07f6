package dev.tracerl.rollout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.DeadLetter;
import dev.tracerl.schemas.avro.EarlyStop;
import dev.tracerl.schemas.avro.Partition;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.SamplerSpec;
import dev.tracerl.schemas.avro.Segment;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.Unmasking;
import dev.tracerl.schemas.client.Connection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Workers with a tiny random model on a real broker and registry: requests in, trajectories out. */
@ExtendWith(Stack.class)
class RolloutIT {

    private static final ModelConfig MODEL = Specs.model(64);

    private static Connection connection;

    private Workers workers;

    @BeforeAll
    static void connect(Connection stack) {
        connection = stack;
    }

    @BeforeEach
    void open() {
        workers = new Workers(connection);
    }

    @AfterEach
    void close() {
        workers.close();
    }

    @Test
    void requestedGroupsBecomeAlignedTrajectories() {
        // Given
        RunLog log = workers.log("aligned");
        log.publishWeights(MODEL, 0);
        log.request(Specs.training("aligned", 0, "123"));
        log.request(Specs.training("aligned", 1, "45678"));

        // When
        workers.startWorker(Specs.run("aligned"));
        List<Trajectory> sampled = workers.awaitTrajectories(log, 6);

        // Then
        assertThat(sampled)
                .extracting(Trajectory::getTrajectoryId)
                .containsExactlyInAnyOrder(
                        "aligned-t-000000/0",
                        "aligned-t-000000/1",
                        "aligned-t-000000/2",
                        "aligned-t-000001/0",
                        "aligned-t-000001/1",
                        "aligned-t-000001/2");
        assertThat(sampled).allSatisfy(RolloutIT::isAligned);
    }

    private static void isAligned(Trajectory trajectory) {
        Segment user = trajectory.getSegments().get(0);
        Segment assistant = trajectory.getSegments().get(1);
        int prompt = Packed.ints(user.getTokens()).length;
        int response = Packed.ints(assistant.getTokens()).length;
        assertThat(user.getText()).hasSize(prompt);
        assertThat((prompt + response) % Specs.BLOCK).isZero();
        assertThat(Packed.ints(assistant.getOffsets())).hasSize(response);
        assertThat(Packed.ints(assistant.getStepMap())).hasSize(response).doesNotContain(0);
        assertThat(Packed.floats(assistant.getLogProbs())).hasSize(response);
        assertThat(assistant.getKeptTokens()).isBetween(1, response);
        assertThat(Workers.versions(trajectory))
                .hasSize((prompt + response) / Specs.BLOCK - prompt / Specs.BLOCK)
                .containsOnly(0);
        assertThat(trajectory.getWorker()).isEqualTo("rollout-0");
        assertThat(trajectory.getForwards()).isPositive();
        assertThat(trajectory.getSamplingMillis()).isPositive();
    }

    @Test
    void fullAttentionModelsFillBlocksThatStartAtTheResponse() {
        // Given
        RunLog log = workers.log("full");
        RunSpec run = Specs.run("full");
        run.getModel().setConfig(Specs.dream().toJson());
        SamplerSpec sampler = Specs.sampler(12);
        sampler.setUnmasking(Unmasking.THRESHOLD);
        sampler.setPrefixCache(true);
        sampler.setFurtherHorizon(4);
        sampler.setEarlyStop(EarlyStop.PAD_BLOCK);
        run.setSampler(sampler);
        log.publishWeights(Specs.dream(), 0);
        for (int sequence = 0; sequence < 2; sequence++) {
            log.request(Specs.request("full", Purpose.TRAINING, sequence, "12345".substring(3 * sequence))
                    .setSampler(sampler)
                    .build());
        }

        // When
        workers.startWorker(run);
        List<Trajectory> sampled = workers.awaitTrajectories(log, 6);

        // Then
        assertThat(sampled).hasSize(6).allSatisfy(trajectory -> {
            Segment assistant = trajectory.getSegments().get(1);
            int[] steps = Packed.ints(assistant.getStepMap());
            assertThat(trajectory.getPartition()).isEqualTo(Partition.RESPONSE);
            assertThat(Packed.ints(assistant.getTokens())).hasSize(12);
            assertThat(Packed.floats(assistant.getLogProbs())).hasSize(12);
            assertThat(Workers.versions(trajectory)).containsExactly(0, 0, 0);
            assertThat(steps[0]).isOne();
            assertThat(IntStream.range(4, 8).map(i -> steps[i])).allMatch(step -> step > steps[3]);
        });
    }

    @Test
    void trajectoriesHaveThePartitionKeyAndTraceOfTheirRequest() {
        // Given
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        RunLog log = workers.log("placed");
        log.publishWeights(MODEL, 0);
        log.request(Specs.training("placed", 13, "1"), trace);

        // When
        workers.startWorker(Specs.run("placed"));
        workers.awaitTrajectories(log, 3);

        // Then
        assertThat(log.rawTrajectories()).hasSize(3).allSatisfy((ConsumerRecord<byte[], byte[]> found) -> {
            assertThat(found.partition()).isEqualTo(Ids.partition(13));
            assertThat(found.key()).asString(UTF_8).isEqualTo("placed-t-000013");
            assertThat(found.headers().lastHeader("traceparent").value())
                    .asString(UTF_8)
                    .isEqualTo(trace);
        });
    }

    @Test
    void whatCannotBeSampledBecomesADeadLetterAndTheRestIsSampled() {
        // Given
        RunLog log = workers.log("broken");
        log.publishWeights(MODEL, 0);
        log.requestBytes(0, new byte[] {0, 0, 0, 0, 99, 1, 2, 3});
        log.requestBytes(0, "nonsense".getBytes(UTF_8));
        log.request(Specs.training("broken", 8, "not digits"));
        log.request(Specs.training("broken", 16, "1".repeat(60)));
        log.request(Specs.evaluation("broken", 24, "1", 77));
        log.request(Specs.training("broken", 32, "1"));

        // When
        workers.startWorker(Specs.run("broken"));
        List<Trajectory> sampled = workers.awaitTrajectories(log, 3);
        List<DeadLetter> letters = await().atMost(Workers.PATIENCE).until(log::deadLetters, found -> found.size() >= 5);

        // Then
        assertThat(sampled).extracting(Trajectory::getGroupId).containsOnly("broken-t-000032");
        assertThat(letters)
                .hasSize(5)
                .allSatisfy(letter -> assertThat(letter.getTopic()).isEqualTo("broken.rollout-requests"));
        assertThat(letters.stream().sorted(Comparator.comparing(DeadLetter::getOffset)))
                .extracting(DeadLetter::getReason)
                .satisfiesExactly(
                        reason -> assertThat(reason).contains("99"),
                        reason -> assertThat(reason).isNotBlank(),
                        reason -> assertThat(reason).contains("cannot be encoded"),
                        reason -> assertThat(reason).contains("max_position_embeddings"),
                        reason -> assertThat(reason).contains("version 77 is not on the topic weights-history"));
    }

    @Test
    void aRestartInMidRunLosesNothing() {
        // Given
        int groups = 40;
        RunLog log = workers.log("restarted");
        log.publishWeights(MODEL, 0);
        Set<String> expected = IntStream.range(0, groups)
                .mapToObj(sequence -> Ids.group("restarted", Purpose.TRAINING, sequence))
                .flatMap(group -> IntStream.range(0, 3).mapToObj(sample -> Ids.trajectory(group, sample)))
                .collect(Collectors.toSet());
        for (int sequence = 0; sequence < groups; sequence++) {
            // Every other group waits for a version that is published after the restart.
            log.request(Specs.request("restarted", Purpose.TRAINING, sequence, "1")
                    .setIssuedAtVersion(9L * (sequence % 2))
                    .build());
        }
        RolloutWorker first = workers.startWorker(Specs.run("restarted"), "rollout-0", 6);
        workers.awaitTrajectories(log, 1);

        // When
        first.close();
        int before = log.trajectories().size();
        workers.startWorker(Specs.run("restarted"), "rollout-0", 6);
        log.publishWeights(MODEL, 9);

        // Then
        await().atMost(Workers.PATIENCE)
                .untilAsserted(() -> assertThat(Workers.ids(log.trajectories())).isEqualTo(expected));
        assertThat(before).isLessThan(expected.size());
    }

    @Test
    void workersShareARunAndTakeOverWhatAnotherLeft() {
        // Given
        RunLog log = workers.log("shared");
        log.publishWeights(MODEL, 0);
        RolloutWorker first = workers.startWorker(Specs.run("shared"), "rollout-0", 64);
        workers.startWorker(Specs.run("shared"), "rollout-1", 64);
        int requested = 0;
        while (names(log.trajectories()).size() < 2) {
            log.request(Specs.training("shared", requested++, "1"));
            workers.awaitTrajectories(log, 3 * requested);
        }

        // When
        first.close();
        for (int i = 0; i < RunTopics.GROUP_PARTITIONS; i++) {
            log.request(Specs.training("shared", requested++, "1"));
        }

        // Then
        int expected = 3 * requested;
        await().atMost(Workers.PATIENCE)
                .untilAsserted(() -> assertThat(Workers.ids(log.trajectories())).hasSize(expected));
    }

    private static Set<String> names(List<Trajectory> trajectories) {
        return trajectories.stream().map(Trajectory::getWorker).collect(Collectors.toSet());
    }

    @Test
    void deterministicRunsWithOneSeedSampleTheSame() {
        // When
        List<String> first = deterministic("once");
        List<String> second = deterministic("twice");

        // Then
        assertThat(first).hasSize(12).isEqualTo(second);
    }

    /** Contents of the trajectories in id order. */
    private List<String> deterministic(String runId) {
        RunLog log = workers.log(runId);
        RunSpec run = Specs.run(runId);
        run.setDeterministic(true);
        log.publishWeights(MODEL, 0);
        for (long sequence = 0; sequence < 4; sequence++) {
            log.request(Specs.training(runId, sequence, String.valueOf(sequence)));
        }
        workers.startWorker(run);
        return workers.awaitTrajectories(log, 12).stream()
                .sorted(Comparator.comparing(Trajectory::getTrajectoryId))
                .map(Trajectory::getSegments)
                .map(Object::toString)
                .toList();
    }
}
