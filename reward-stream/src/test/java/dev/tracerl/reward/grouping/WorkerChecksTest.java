package dev.tracerl.reward.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.reward.Records;
import dev.tracerl.reward.Runs;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.SampleOutcome;
import dev.tracerl.schemas.avro.SampleResult;
import dev.tracerl.schemas.avro.Stray;
import dev.tracerl.schemas.avro.StrayKind;
import dev.tracerl.schemas.avro.TrainingSample;
import dev.tracerl.schemas.avro.Verdict;
import dev.tracerl.schemas.avro.VerdictOutcome;
import dev.tracerl.schemas.avro.VerificationAnswer;
import dev.tracerl.schemas.avro.VerificationRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerChecksTest {

    private static final Duration WAIT = GroupingBench.CHECK_RULES.timeout();

    private final RunSpec run = Runs.run();
    private GroupingBench bench;

    @BeforeEach
    void start() {
        run.getGroups().setTimeoutMillis(100_000);
        bench = new GroupingBench(run);
    }

    @Test
    void aSlowCheckIsSentToTheWorkersAndItsGroupWaits() {
        // Given
        RolloutRequest request = bench.slow(0);

        // When
        bench.answer(request, 0, "print(1)");
        bench.answer(request, 1, "print(2)");

        // Then
        assertThat(bench.outbox.verdicts).isEmpty();
        assertThat(bench.outbox.groups).isEmpty();
        assertThat(bench.outbox.checks)
                .extracting(VerificationRequest::getAnswer)
                .containsExactly("print(1)", "print(2)");
        assertThat(bench.outbox.checks)
                .extracting(VerificationRequest::getAttempt)
                .containsOnly(0);
    }

    @Test
    void answersSettleTheSamplesAndTheLastOneClosesTheGroup() {
        // Given
        askedFor(2);
        bench.restart();

        // When
        bench.found(Records.found(bench.outbox.checks.get(1), 0));
        bench.found(Records.found(bench.outbox.checks.get(0), 1));

        // Then
        assertThat(bench.outbox.verdicts).extracting(Verdict::getScore).containsExactly(0.0, 1.0);
        assertThat(bench.outbox.groups.get(0).getSamples())
                .extracting(TrainingSample::getReward)
                .containsExactly(1.0, 0.0);
        assertThat(bench.open.isEmpty()).isTrue();
        assertThat(bench.samples.isEmpty()).isTrue();
        assertThat(bench.checks.isEmpty()).isTrue();
    }

    @Test
    void chunksThatAWorkerScoredBecomeStepRewards() {
        // Given
        askedFor(1);
        VerificationAnswer answer = Records.found(bench.outbox.checks.get(0), 1);
        answer.setStepRewards(List.of(0.25, 0.75));
        answer.setStepEnds(List.of(5, 8));

        // When
        bench.found(answer);

        // Then
        assertThat(bench.outbox.verdicts.get(0).getStepRewards()).containsExactly(0.25, 0.75);
        assertThat(bench.outbox.verdicts.get(0).getStepEnds()).containsExactly(5, 8);
    }

    @Test
    void theFirstAnswerWins() {
        // Given
        askedFor(2);
        bench.found(Records.found(bench.outbox.checks.get(0), 1));

        // When
        bench.found(Records.found(bench.outbox.checks.get(0), 0));
        bench.found(Records.found(bench.outbox.checks.get(1), 0));
        bench.found(Records.found(bench.outbox.checks.get(1), 1));

        // Then
        assertThat(bench.outbox.verdicts).extracting(Verdict::getScore).containsExactly(1.0, 0.0);
        assertThat(bench.duplicates()).isEqualTo(2);
    }

    @Test
    void aCopyOfATrajectoryThatWaitsIsNotCheckedAgain() {
        // Given
        RolloutRequest request = askedFor(1);

        // When
        bench.answer(request, 0, "print(3)");

        // Then
        assertThat(bench.outbox.checks).hasSize(1);
        assertThat(bench.outbox.strays).extracting(Stray::getKind).containsExactly(StrayKind.DUPLICATE);
    }

    @Test
    void anUnansweredRequestIsSentAgainAndGivenUpInTheEnd() {
        // Given
        askedFor(2);
        bench.passes(Grouping.CATCH_UP.minus(WAIT));
        bench.found(Records.found(bench.outbox.checks.get(1), 1));

        // When
        bench.passes(WAIT);
        bench.passes(WAIT.minusMillis(1));
        int verdictsBefore = bench.outbox.verdicts.size();
        bench.passes(Duration.ofMillis(1));

        // Then
        assertThat(bench.outbox.checks)
                .extracting(VerificationRequest::getAttempt)
                .containsExactly(0, 0, 1);
        assertThat(verdictsBefore).isEqualTo(1);
        assertThat(bench.outbox.verdicts)
                .extracting(Verdict::getOutcome)
                .containsExactly(VerdictOutcome.CORRECT, VerdictOutcome.TIMED_OUT);
        assertThat(bench.outbox.verdicts.get(1).getReason()).startsWith("no worker answered");
        assertThat(bench.outbox.outcomes.get(0).getSamples())
                .extracting(SampleOutcome::getStatus)
                .containsExactly(SampleResult.TIMED_OUT, SampleResult.REWARDED);
    }

    @Test
    void timeInWhichTheServiceWasDownIsNoAttempt() {
        // Given
        askedFor(1);
        bench.passes(Grouping.CATCH_UP);
        bench.down(Duration.ofHours(1));

        // When
        bench.passes(Grouping.CATCH_UP.minusMillis(1));
        int askedEarly = bench.outbox.checks.size();
        bench.passes(Duration.ofMillis(1));
        bench.passes(WAIT.minusMillis(1));
        int verdictsEarly = bench.outbox.verdicts.size();
        bench.passes(Duration.ofMillis(1));

        // Then
        assertThat(askedEarly).isEqualTo(2);
        assertThat(verdictsEarly).isZero();
        assertThat(bench.outbox.checks)
                .extracting(VerificationRequest::getAttempt)
                .containsExactly(0, 1, 2);
        assertThat(bench.outbox.verdicts).extracting(Verdict::getOutcome).containsExactly(VerdictOutcome.TIMED_OUT);
    }

    @Test
    void anAnswerAfterGivingUpIsIgnored() {
        // Given
        askedFor(1);
        bench.passes(Grouping.CATCH_UP);
        bench.passes(WAIT);

        // When
        bench.found(Records.found(bench.outbox.checks.get(0), 1));

        // Then
        assertThat(bench.outbox.verdicts).extracting(Verdict::getOutcome).containsExactly(VerdictOutcome.TIMED_OUT);
    }

    @Test
    void aGroupThatTimesOutGivesEveryWaitingTrajectoryItsVerdict() {
        // Given
        run.getGroups().setTimeoutMillis(1_000);
        bench = new GroupingBench(run);
        askedFor(2);

        // When
        bench.passes(Duration.ofSeconds(1));

        // Then
        assertThat(bench.outbox.verdicts)
                .extracting(Verdict::getOutcome)
                .containsExactly(VerdictOutcome.TIMED_OUT, VerdictOutcome.TIMED_OUT);
        assertThat(bench.outbox.outcomes).hasSize(1);
        assertThat(bench.checks.isEmpty()).isTrue();
    }

    @Test
    void aDeterministicRunAsksUntilItIsAnswered() {
        // Given
        run.setDeterministic(true);
        askedFor(1);
        bench.passes(Grouping.CATCH_UP);

        // When
        for (int wait = 0; wait < 5; wait++) {
            bench.passes(WAIT);
        }

        // Then
        assertThat(bench.outbox.verdicts).isEmpty();
        assertThat(bench.outbox.checks).hasSize(7);
    }

    @Test
    void answersThatContradictThemselvesAreRefused() {
        // Given
        askedFor(1);
        VerificationAnswer other = Records.found(bench.outbox.checks.get(0), 1);
        other.setRunId("other");
        VerificationAnswer mixed = Records.found(bench.outbox.checks.get(0), 1);
        mixed.setSample(1);

        VerificationAnswer uneven = Records.found(bench.outbox.checks.get(0), 1);
        uneven.setStepRewards(List.of(1.0));
        uneven.setStepEnds(List.of(1, 2));

        // When
        bench.found(other);
        bench.found(mixed);
        bench.found(uneven);

        // Then
        assertThat(bench.outbox.reasons)
                .containsExactly(
                        "belongs to run other, not toy",
                        "trajectoryId is toy-t-000000/0, must be toy-t-000000/1",
                        "malformed answer: stepEnds has 2 entries for 1 step rewards");
        assertThat(bench.outbox.verdicts).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            nullValues = "-",
            value = {
                "CORRECT; NaN; score is NaN, must be in [0, 1]",
                "PARTIAL; 7; score is 7.0, must be in [0, 1]",
                "INCORRECT; -0.5; score is -0.5, must be in [0, 1]",
                "CORRECT; -; score is null for outcome CORRECT",
                "FAILED; 1; score is 1.0 for outcome FAILED"
            })
    void scoresThatAreNoneBecomeNoReward(VerdictOutcome outcome, Double score, String problem) {
        // Given
        askedFor(1);
        VerificationAnswer answer = Records.found(bench.outbox.checks.get(0), 1);
        answer.setOutcome(outcome);
        answer.setScore(score);

        // When
        bench.found(answer);

        // Then
        assertThat(bench.outbox.reasons).containsExactly(problem);
        assertThat(bench.outbox.verdicts).isEmpty();
    }

    @Test
    void requestsWithoutAnAnswerAreCounted() {
        // Given
        askedFor(2);
        bench.passes(Grouping.CATCH_UP);

        // When
        bench.passes(WAIT);

        // Then
        assertThat(bench.unanswered("code")).isEqualTo(4);
    }

    private RolloutRequest askedFor(int samples) {
        RolloutRequest request = bench.slow(0);
        for (int sample = 0; sample < samples; sample++) {
            bench.answer(request, sample, "print(" + sample + ")");
        }
        return request;
    }
}
