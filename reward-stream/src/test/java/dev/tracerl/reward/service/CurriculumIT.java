package dev.tracerl.reward.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tracerl.reward.LiveRun;
import dev.tracerl.reward.Records;
import dev.tracerl.reward.Runs;
import dev.tracerl.reward.admission.AdmissionBench;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.avro.CurriculumSpec;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.InitialWeights;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.TaskSet;
import dev.tracerl.schemas.avro.WeightSource;
import dev.tracerl.schemas.avro.state.TaskReward;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import dev.tracerl.test.EmbeddedKafka;
import dev.tracerl.test.EmbeddedRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stage with longer responses, two weighted task sets and a curriculum; its service is killed twice. */
class CurriculumIT {

    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final int ENDED = 36;
    private static final String SECOND = "toy-second";
    private static final double REWARD_OF_RIGHT = 1.0;
    private static final double REWARD_OF_WRONG = 0.75;
    private static final String NO_ANSWER = "I do not know.";

    @TempDir
    private static Path directory;

    private final Map<Long, RolloutRequest> requests = new ConcurrentHashMap<>();
    private final Set<Long> ended = ConcurrentHashMap.newKeySet();

    @Test
    void aServiceThatIsKilledRequestsWhatOneWithoutInterruptionDoes() throws Exception {
        // Given
        RunSpec stage = stage();
        AdmissionBench uninterrupted = uninterrupted(stage);
        List<RolloutRequest> issued;
        Map<String, TaskReward> means;

        // When
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            Connection connection = new Connection(kafka.bootstrapServers(), registry.url());
            try (LiveRun run = new LiveRun(connection, stage)) {
                playWithKills(connection, run);
                issued = run.requests();
                means = TopicReader.latest(connection, connection.serdes(), means(run));
            }
        }

        // Then
        issued.forEach(request -> request.setIssuedAt(Instant.EPOCH));
        assertThat(issued).isEqualTo(uninterrupted.training());
        assertThat(means).isEqualTo(means(uninterrupted));
        assertThat(uninterrupted.state().getPassedOver()).containsOnlyKeys(Runs.TRAIN, SECOND);
    }

    /** The first kill is in the middle of a group; the second one loses the disk, too. */
    private void playWithKills(Connection connection, LiveRun run) throws Exception {
        AvroSerdes serdes = connection.serdes();
        try (ServiceProcess service = new ServiceProcess(
                        connection, directory.resolve("first"), Map.of("TRACERL_DEPLOYMENT", run.id()));
                ServiceProcess elsewhere = new ServiceProcess(
                        connection, directory.resolve("second"), Map.of("TRACERL_DEPLOYMENT", run.id()));
                Follower<RolloutRequest> requested = new Follower<>(
                        connection,
                        serdes,
                        run.topics().rolloutRequests(),
                        request -> requests.put(request.getSequence(), request));
                Follower<GroupOutcome> outcomes = new Follower<>(
                        connection,
                        serdes,
                        run.topics().groupOutcomes(),
                        outcome -> ended.add(outcome.getSequence()))) {
            service.start();
            run.assign();
            run.publish(0);
            play(run, 0, ENDED / 3);
            RolloutRequest half = awaitRequest(ENDED / 3);
            run.answer(half, 0, answer(half));
            service.kill();
            service.start();
            play(run, ENDED / 3, 2 * ENDED / 3);
            RolloutRequest whole = awaitRequest(2 * ENDED / 3);
            run.answerAll(whole, answer(whole), answer(whole));
            service.kill();
            elsewhere.start();
            play(run, 2 * ENDED / 3, ENDED);
            awaitRequest(ENDED + stage().getGroups().getGroupsPerStep() - 1);
        }
    }

    /** Answers groups one after the other, so that they end in their order; what was answered before is answered again. */
    private void play(LiveRun run, int from, int to) {
        for (int group = from; group < to; group++) {
            long sequence = group;
            RolloutRequest request = awaitRequest(sequence);
            run.answerAll(request, answer(request), answer(request));
            await().pollInterval(Duration.ofMillis(10)).atMost(LIMIT).until(() -> ended.contains(sequence));
        }
    }

    private RolloutRequest awaitRequest(long sequence) {
        await().pollInterval(Duration.ofMillis(10)).atMost(LIMIT).until(() -> requests.containsKey(sequence));
        return requests.get(sequence);
    }

    /** Some tasks are easy, some hopeless, and some go back and forth between the band and beyond. */
    private static String answer(RolloutRequest request) {
        return switch (request.getTask().getIndex() % 4) {
            case 0 -> Records.RIGHT;
            case 1 -> NO_ANSWER;
            case 2 -> request.getEpoch() % 2 == 0 ? Records.WRONG : Records.RIGHT;
            default -> Records.WRONG;
        };
    }

    private static double reward(String answer) {
        if (answer.equals(NO_ANSWER)) {
            return 0;
        }
        return answer.equals(Records.RIGHT) ? REWARD_OF_RIGHT : REWARD_OF_WRONG;
    }

    /** The same groups end with the same rewards. */
    private static AdmissionBench uninterrupted(RunSpec run) {
        AdmissionBench bench = new AdmissionBench(run);
        for (int index = 0; index < Runs.TASKS; index++) {
            bench.tasks.put(Ids.task(SECOND, index), Records.task(SECOND, index));
        }
        bench.published(0);
        for (int group = 0; group < ENDED; group++) {
            RolloutRequest request = bench.training().get(group);
            bench.filter(request, reward(answer(request)));
        }
        return bench;
    }

    private static Map<String, TaskReward> means(AdmissionBench bench) {
        Map<String, TaskReward> means = new TreeMap<>();
        bench.rewards.entries().forEach(entry -> means.put(entry.getKey(), entry.getValue()));
        return means;
    }

    /** The changelog of the store of mean rewards. */
    private static Topic<TaskReward> means(LiveRun run) {
        return new Topic<>(run.id() + ".reward-stream-task-rewards-changelog", TaskReward.class, 1, Map.of());
    }

    private static RunSpec stage() {
        RunSpec run = Runs.run();
        run.setRunId("stage");
        run.setParent("earlier@9");
        run.getModel()
                .setInitial(InitialWeights.newBuilder()
                        .setSource(WeightSource.RUN)
                        .setRunId("earlier")
                        .setVersion(9L)
                        .build());
        run.getSampler().setMaxTokens(64);
        run.setTasks(List.of(new TaskSet(Runs.TRAIN, Runs.TASKS, 3.0), new TaskSet(SECOND, Runs.TASKS, 1.0)));
        run.getGroups().setGroupsPerStep(4);
        run.getGroups().setTimeoutMillis(4 * LIMIT.toMillis());
        run.getGroups()
                .setCurriculum(CurriculumSpec.newBuilder()
                        .setMinMeanReward(0.2)
                        .setMaxMeanReward(0.9)
                        .setExplore(0.2)
                        .build());
        return run;
    }
}
