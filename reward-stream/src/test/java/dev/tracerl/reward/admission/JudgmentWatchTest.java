package dev.tracerl.reward.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.reward.Runs;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.SampleOutcome;
import dev.tracerl.schemas.avro.SampleResult;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgmentWatchTest {

    private static final int LIMIT = 16;

    private final RunSpec run = Runs.run();
    private final AdmissionBench bench = new AdmissionBench(run);

    @ParameterizedTest
    @CsvSource({"0, 2, 16", "4, 16, 240", "0, 6, 18"})
    void theLimitIsThreeTimesWhatMayRunAtOneTime(int maxLag, int groupsPerStep, long limit) {
        // Given
        run.getGroups().setMaxLag(maxLag);
        run.getGroups().setGroupsPerStep(groupsPerStep);

        // When
        JudgmentWatch watch = new JudgmentWatch(run);

        // Then
        assertThat(watch.limit()).isEqualTo(limit);
    }

    @Test
    void aRunOfWhichNothingCouldEverBeJudgedFails() {
        // Given
        bench.published(0);
        dead(0, LIMIT - 1);
        RunState before = bench.status().getState();
        bench.restart();

        // When
        dead(LIMIT - 1, LIMIT);

        // Then
        assertThat(before).isEqualTo(RunState.RUNNING);
        assertThat(bench.status().getState()).isEqualTo(RunState.FAILED);
        assertThat(bench.status().getReason())
                .isEqualTo("nothing in the first 16 groups could be judged. Sample 0 of toy-t-000015: TIMED_OUT, nobody"
                        + " answered; are there workers for this run? They are reward-stream's in the role verifier,"
                        + " tracerl up --verifiers N");
        assertThat(bench.training()).hasSize(LIMIT + 1);
    }

    @Test
    void aRunThatCouldBeJudgedWaitsWithOneGroupAtATime() {
        // Given
        bench.published(0);
        bench.filter(bench.training().get(0), 1.0);

        // When
        dead(1, 40);

        // Then
        assertThat(bench.training()).hasSize(41);
        assertThat(Training.running(bench.state())).isEqualTo(1);
        assertThat(bench.status().getState()).isEqualTo(RunState.RUNNING);
        assertThat(bench.status().getReason())
                .isEqualTo("running; one group at a time is requested, because nothing in the last 16 could be judged");
        assertThat(bench.outbox.statuses).hasSize(2);
    }

    @Test
    void theFirstGroupThatCanBeJudgedEndsTheWait() {
        // Given
        bench.published(0);
        bench.filter(bench.training().get(0), 1.0);
        dead(1, 40);
        bench.restart();

        // When
        bench.filter(bench.training().get(40), 0.0);

        // Then
        assertThat(Training.running(bench.state())).isEqualTo(2);
        assertThat(bench.status().getReason()).isEqualTo("running");
    }

    @Test
    void groupsOfWhichNothingArrivedDoNotCount() {
        // Given
        bench.published(0);

        // When
        for (int group = 0; group < 3 * LIMIT; group++) {
            RolloutRequest request = bench.training().get(group);
            SampleOutcome missing = new SampleOutcome(0, SampleResult.MISSING, null, "no trajectory arrived in time");
            bench.end(request, Outcome.EXPIRED, List.of(missing));
        }

        // Then
        assertThat(bench.status().getReason()).isEqualTo("running");
        assertThat(Training.running(bench.state())).isEqualTo(2);
    }

    @Test
    void aGroupThatCountsAsIncorrectForWantOfVerdictsIsNotJudged() {
        // Given
        bench.published(0);

        // When
        for (int group = 0; group < LIMIT; group++) {
            SampleOutcome incorrect = new SampleOutcome(0, SampleResult.TIMED_OUT, 0.0, "nobody answered");
            bench.end(bench.training().get(group), Outcome.FILTERED, List.of(incorrect));
        }

        // Then
        assertThat(bench.status().getState()).isEqualTo(RunState.FAILED);
    }

    private void dead(int from, int to) {
        for (int group = from; group < to; group++) {
            bench.unjudged(bench.training().get(group), SampleResult.TIMED_OUT, "nobody answered");
        }
    }
}
