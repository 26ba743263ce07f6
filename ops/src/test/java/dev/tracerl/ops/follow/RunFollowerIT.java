package dev.tracerl.ops.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tracerl.ops.log.CountingInterceptor;
import dev.tracerl.ops.log.TestGroups;
import dev.tracerl.ops.log.TestGroups.Answer;
import dev.tracerl.ops.log.TestLog;
import dev.tracerl.ops.log.TestRun;
import dev.tracerl.ops.trace.Trace;
import dev.tracerl.ops.trace.TraceFinder;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.Verdict;
import dev.tracerl.schemas.client.Connection;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How much of a run's log is read. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunFollowerIT {

    private static final String LONG = "follow-long";
    private static final int GROUPS = 4000;
    private static final int SAMPLES = 4;

    private final TestLog log = TestLog.shared();
    private TestRun run;

    @BeforeAll
    void aLongRun() {
        TestRun.warmUp(log, "follow-warm-up");
        run = TestRun.reinforcement(log, LONG, "follow-warm-up");
        new TestGroups(run)
                .accepted(0, 0, List.of(1.0, -1.0, 0.0, 0.0), Answer.RIGHT, Answer.WRONG, Answer.WRONG, Answer.WRONG);
        Trajectory trajectory = log.read(run.topics().trajectories()).get(0);
        Verdict verdict = log.read(run.topics().verdicts()).get(0);
        try (KafkaProducer<String, SpecificRecord> producer = new KafkaProducer<>(
                log.connection().producerSettings(),
                new StringSerializer(),
                log.serdes().serializer())) {
            for (long sequence = 1; sequence < GROUPS; sequence++) {
                String group = Ids.group(LONG, Purpose.EVALUATION, sequence);
                trajectory.setGroupId(group);
                trajectory.setSequence(sequence);
                trajectory.setTrajectoryId(Ids.trajectory(group, 0));
                trajectory.setPurpose(Purpose.EVALUATION);
                trajectory.setEvaluationId(Ids.evaluation("train", 1));
                send(producer, run.topics().trajectories(), Ids.partition(sequence), group, trajectory);
                verdict.setGroupId(group);
                verdict.setTrajectoryId(Ids.trajectory(group, 0));
                verdict.setPurpose(Purpose.EVALUATION);
                send(producer, run.topics().verdicts(), null, group, verdict);
            }
        }
        run.versions(0, 1).step(1, 0, 1, Ids.group(LONG, Purpose.TRAINING, 0)).status(RunState.FINISHED, 1L);
    }

    private static void send(
            KafkaProducer<String, SpecificRecord> producer,
            Topic<?> topic,
            Integer partition,
            String key,
            SpecificRecord value) {
        producer.send(new ProducerRecord<>(topic.name(), partition, key, value));
    }

    @Test
    void responsesAreNotReadToShowARun() {
        // Given
        Connection counted = CountingInterceptor.counted(log.connection());

        // When
        RunProgress progress = RunFollower.follow(counted, log.serdes(), run.spec(), new Silent());

        // Then
        assertThat(CountingInterceptor.read(run.topics().trajectories())).isZero();
        assertThat(CountingInterceptor.read(run.topics().verdicts())).isZero();
        assertThat(CountingInterceptor.read(run.topics().rolloutRequests())).isZero();
        assertThat(CountingInterceptor.read(run.topics().trainSteps())).isEqualTo(1);
        assertThat(progress.steps()).hasSize(1);
        assertThat(progress.totals().requested()).isEqualTo(SAMPLES);
        assertThat(progress.totals().trajectories(Outcome.ACCEPTED)).isEqualTo(SAMPLES);
        assertThat(progress.sha256(1)).contains(TestRun.sha256(LONG, 1));
    }

    @Test
    void whoWantsResponsesReadsTheNewestAndEstimatesTheOthers() {
        // Given
        Connection counted = CountingInterceptor.counted(log.connection());

        // When
        RunProgress progress = RunFollower.followResponses(counted, log.serdes(), run.spec(), new Silent());

        // Then
        assertThat(CountingInterceptor.read(run.topics().trajectories()))
                .isEqualTo(8 * RunFollower.NEWEST_RESPONSES)
                .isLessThan(GROUPS);
        assertThat(CountingInterceptor.read(run.topics().verdicts()))
                .isLessThanOrEqualTo(8 * RunFollower.NEWEST_VERDICTS);
        assertThat(progress.totals().rolloutSeconds()).isCloseTo((GROUPS - 1 + SAMPLES) / 1e3, within(1e-9));
        assertThat(progress.totals().verificationSeconds()).isCloseTo((GROUPS - 1 + SAMPLES) / 1e6, within(1e-9));
        assertThat(progress.solutions().anyCorrect("train")).isPresent();
    }

    @Test
    void aShortRunIsReadAsAWhole() {
        // Given
        TestRun shortRun = TestRun.reinforcement(log, "follow-short", "follow-warm-up");
        new TestGroups(shortRun).filtered(0, 0, "all rewards are 1", Answer.RIGHT, Answer.RIGHT);
        shortRun.status(RunState.FINISHED, 0L);

        // When
        RunProgress progress =
                RunFollower.followResponses(log.connection(), log.serdes(), shortRun.spec(), new Silent());

        // Then
        assertThat(progress.totals().requested()).isEqualTo(2);
        assertThat(progress.totals().rolloutSeconds()).isEqualTo(2e-3);
        assertThat(progress.totals().verificationSeconds()).isEqualTo(2e-6);
    }

    @Test
    void theEndOfADeletedRunOfTheSameNameIsNotTheEnd() {
        // Given
        TestRun again =
                TestRun.reinforcement(log, "follow-again", "follow-warm-up").status(RunState.FAILED, 3L);
        log.send(Topics.RUN_STATUS, "follow-again", null);
        again.status(RunState.FINISHED, 1L);

        // When
        RunProgress progress = RunFollower.follow(log.connection(), log.serdes(), again.spec(), new Silent() {
            @Override
            public void caughtUp(RunProgress found) {
                assertThat(found.status())
                        .hasValueSatisfying(
                                status -> assertThat(status.getState()).isEqualTo(RunState.FINISHED));
            }
        });

        // Then
        assertThat(progress.finalVersion()).hasValue(1L);
    }

    @Test
    void aTrajectoryIsLookedForInThePartitionOfItsGroup() {
        // Given
        Connection counted = CountingInterceptor.counted(log.connection());
        String id = Ids.trajectory(Ids.group(LONG, Purpose.EVALUATION, 1234), 0);

        // When
        Trace trace = new TraceFinder(counted, log.serdes()).find(run.spec(), id);

        // Then
        assertThat(trace.trajectoryId()).isEqualTo(id);
        assertThat(CountingInterceptor.read(run.topics().trajectories())).isEqualTo(GROUPS / 8);
        assertThat(CountingInterceptor.read(run.topics().verdicts())).isLessThan(GROUPS / 2);
    }

    private static class Silent implements RunListener {

        @Override
        public void caughtUp(RunProgress progress) {}

        @Override
        public void step(TrainStep step) {}

        @Override
        public void evaluated(Evaluation evaluation) {}

        @Override
        public void left(String departure) {}

        @Override
        public void returned() {}

        @Override
        public void tick(RunProgress progress) {}
    }
}
