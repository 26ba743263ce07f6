package dev.tracerl.reward.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.reward.Runs;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.SampleOutcome;
import dev.tracerl.schemas.avro.SampleResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

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
        JudgmentWatch watch = new JudgmentWatch(run, () -> Instant.EPOCH);

        // Then
        assertThat(watch.limit()).isEqualTo(limit);
    }

    @Test
    void aRunOfTasksThatNobodyCanJudgeFails() {
        // Given
        bench.published(0);
        end(0, LIMIT - 1, SampleResult.UNVERIFIABLE, "input givens is missing");
        RunState before = bench.status().getState();
        bench.restart();

        // When
        end(LIMIT - 1, LIMIT, SampleResult.UNVERIFIABLE, "input givens is missing");

        // Then
        assertThat(before).isEqualTo(RunState.RUNNING);
        assertThat(bench.status().getState()).isEqualTo(RunState.FAILED);
        assertThat(bench.status().getReason())
                .isEqualTo(
                        "no response has been judged so far, and the tasks of the last 16 groups cannot be. Sample 0 of"
                                + " toy-t-000015: UNVERIFIABLE, input givens is missing");
        assertThat(bench.training()).hasSize(LIMIT + 1);
    }

    @ParameterizedTest
    @EnumSource(
            value = SampleResult.class,
            names = {"TIMED_OUT", "FAILED", "MALFORMED"})
    void aFaultOfTheInfrastructureHoldsEvenARunOfWhichNothingWasJudged(SampleResult fault) {
        // Given
        bench.published(0);

        // When
        end(0, 3 * LIMIT, fault, "nobody answered");

        // Then
        assertThat(bench.status().getState()).isEqualTo(RunState.RUNNING);
        assertThat(bench.status().getReason())
                .startsWith(
                        "running; held: one group at a time is requested, with pauses of up to 60 s, because nothing in"
                                + " the last 16 could be judged. Sample 0 of toy-t-000015: " + fault
                                + ", nobody answered");
        assertThat(bench.outbox.statuses).hasSize(2);
    }

    @Test
    void oneFaultAmongUnverifiableTasksDoesNotFailTheRun() {
        // Given
        bench.published(0);

        // When
        end(0, LIMIT - 1, SampleResult.UNVERIFIABLE, "input givens is missing");
        end(LIMIT - 1, LIMIT, SampleResult.FAILED, "no sandbox");

        // Then
        assertThat(bench.status().getState()).isEqualTo(RunState.RUNNING);
        assertThat(bench.status().getReason()).contains("held");
    }

    @Test
    void thePausesOfAHeldRunDoubleUpToAMinuteAndOutliveARestart() {
        // Given
        bench.published(0);
        end(0, LIMIT, SampleResult.FAILED, "no sandbox");
        bench.unjudged(bench.training().get(LIMIT), SampleResult.FAILED, "no sandbox");
        List<Long> pauses = new ArrayList<>();

        // When
        for (int group = LIMIT + 1; group < LIMIT + 9; group++) {
            long seconds = 0;
            while (bench.training().size() == group) {
                bench.restart();
                bench.passes(Duration.ofSeconds(1));
                seconds++;
            }
            pauses.add(seconds);
            bench.unjudged(bench.training().get(group), SampleResult.FAILED, "no sandbox");
        }

        // Then
        assertThat(pauses).containsExactly(2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    }

    @Test
    void responsesThatWereCutSayNothingAboutJudging() {
        // Given
        bench.published(0);
        SampleOutcome cut = new SampleOutcome(0, SampleResult.REWARDED, 0.0, "cut at the length limit");
        SampleOutcome excluded = new SampleOutcome(0, SampleResult.TRUNCATED, null, "cut at the length limit");
        SampleOutcome unanswered = new SampleOutcome(1, SampleResult.TIMED_OUT, null, "nobody answered");

        // When
        for (int group = 0; group < 2 * LIMIT; group++) {
            bench.end(bench.training().get(group), Outcome.FILTERED, List.of(group % 2 == 0 ? cut : excluded));
        }
        long afterCut = bench.state().getUnjudgedGroups();
        for (int group = 2 * LIMIT; group < 3 * LIMIT; group++) {
            bench.end(bench.training().get(group), Outcome.FILTERED, List.of(cut, unanswered));
        }

        // Then
        assertThat(afterCut).isZero();
        assertThat(bench.state().getJudged()).isFalse();
        assertThat(bench.status().getReason()).contains("held");
    }

    @Test
    void aRunWhoseGroupsWereTrainedByAnOlderVersionWasJudged() {
        // Given
        bench.published(0);
        bench.end(bench.training().get(0), Outcome.ACCEPTED);

        // When
        end(1, 2 * LIMIT, SampleResult.UNVERIFIABLE, "input givens is missing");

        // Then
        assertThat(bench.state().getJudged()).isFalse();
        assertThat(bench.status().getState()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void aRunThatCouldBeJudgedWaitsWithOneGroupAtATime() {
        // Given
        bench.published(0);
        bench.filter(bench.training().get(0), 1.0);

        // When
        dead(1, 40);
        bench.passes(JudgmentWatch.LONGEST_PAUSE);

        // Then
        assertThat(bench.training()).hasSize(41);
        assertThat(Training.running(bench.state())).isEqualTo(1);
        assertThat(bench.status().getState()).isEqualTo(RunState.RUNNING);
        assertThat(bench.status().getReason())
                .isEqualTo(
                        "running; held: one group at a time is requested, with pauses of up to 60 s, because nothing in"
                                + " the last 16 could be judged. Sample 0 of toy-t-000016: TIMED_OUT, nobody answered; are there"
                                + " workers for this run? They are reward-stream's in the role verifier, tracerl up --verifiers N");
        assertThat(bench.outbox.statuses).hasSize(2);
    }

    @Test
    void theFirstGroupThatCanBeJudgedEndsTheWait() {
        // Given
        bench.published(0);
        bench.filter(bench.training().get(0), 1.0);
        dead(1, 40);
        bench.passes(JudgmentWatch.LONGEST_PAUSE);
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
        assertThat(bench.state().getJudged()).isFalse();
        assertThat(bench.status().getReason()).contains("held");
    }

    private void dead(int from, int to) {
        end(from, to, SampleResult.TIMED_OUT, "nobody answered");
    }

    /** Ends groups, waiting for each until it is requested. */
    private void end(int from, int to, SampleResult result, String reason) {
        for (int group = from; group < to; group++) {
            if (bench.training().size() == group) {
                bench.passes(JudgmentWatch.LONGEST_PAUSE);
            }
            bench.unjudged(bench.training().get(group), result, reason);
        }
    }
}
