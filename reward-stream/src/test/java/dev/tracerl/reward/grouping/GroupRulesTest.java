package dev.tracerl.reward.grouping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tracerl.reward.Records;
import dev.tracerl.reward.Runs;
import dev.tracerl.schemas.avro.AdvantageKind;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.SampleOutcome;
import dev.tracerl.schemas.avro.SampleResult;
import dev.tracerl.schemas.avro.StopReason;
import dev.tracerl.schemas.avro.TrainingSample;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.TruncationRule;
import dev.tracerl.schemas.avro.VerdictOutcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupRulesTest {

    private final RunSpec run = Runs.run();

    @ParameterizedTest
    @CsvSource({"Z_SCORE, 1, -1", "LEAVE_ONE_OUT, 0.25, -0.25", "MEAN_ONLY, 0.125, -0.125"})
    void advantagesFollowTheRun(AdvantageKind kind, double right, double wrong) {
        // Given
        run.getGroups().setAdvantage(kind);

        // When
        GroupingBench bench = answered(Records.RIGHT, Records.WRONG);

        // Then
        List<TrainingSample> samples = bench.outbox.groups.get(0).getSamples();
        assertThat(samples.get(0).getAdvantage()).isCloseTo(right, within(1e-12));
        assertThat(samples.get(1).getAdvantage()).isCloseTo(wrong, within(1e-12));
    }

    @Test
    void equalRewardsAreFiltered() {
        // Given
        // When
        GroupingBench bench = answered(Records.RIGHT, Records.RIGHT);

        // Then
        GroupOutcome outcome = bench.outbox.outcomes.get(0);
        assertThat(outcome.getOutcome()).isEqualTo(Outcome.FILTERED);
        assertThat(outcome.getReason()).isEqualTo("all rewards are 1.00");
        assertThat(outcome.getOldestVersion()).isEqualTo(3);
        assertThat(outcome.getDecidedBy()).isEqualTo("reward-stream");
    }

    @Test
    void equalRewardsAreTrainedIfTheRunSaysSo() {
        // Given
        run.getGroups().setFilterZeroVariance(false);

        // When
        GroupingBench bench = answered(Records.RIGHT, Records.RIGHT);

        // Then
        assertThat(bench.outbox.groups.get(0).getSamples())
                .extracting(TrainingSample::getAdvantage)
                .containsExactly(0.0, 0.0);
    }

    @Test
    void groupsOutsideOfTheDifficultyBandAreFiltered() {
        // Given
        run.getGroups().setMaxMeanReward(0.8);

        // When
        GroupingBench bench = answered(Records.RIGHT, Records.WRONG);

        // Then
        assertThat(bench.outbox.outcomes.get(0).getReason()).isEqualTo("mean reward 0.875 is not in [0.00, 0.800]");
    }

    @Test
    void aGroupWithoutAnyRewardIsDead() {
        // Given
        GroupingBench bench = new GroupingBench(run);
        RolloutRequest request = bench.training(0);
        request.getTask().setKind("riddle");

        // When
        answer(bench, request, Records.RIGHT, Records.RIGHT);

        // Then
        assertThat(bench.outbox.outcomes.get(0).getOutcome()).isEqualTo(Outcome.DEAD);
        assertThat(bench.outbox.outcomes.get(0).getSamples())
                .extracting(SampleOutcome::getReason)
                .containsOnly("no verifier for tasks of kind riddle");
        assertThat(bench.outbox.verdicts)
                .extracting(verdict -> verdict.getOutcome())
                .containsOnly(VerdictOutcome.FAILED);
    }

    @Test
    void anUnverifiableTaskIsDeadToo() {
        // Given
        GroupingBench bench = new GroupingBench(run);
        RolloutRequest request = bench.evaluation(0, 3);
        request.getTask().setInputs(Map.of("givens", "none"));

        // When
        answer(bench, request, Records.RIGHT, Records.RIGHT);

        // Then
        assertThat(bench.outbox.outcomes.get(0).getOutcome()).isEqualTo(Outcome.DEAD);
        assertThat(bench.outbox.outcomes.get(0).getSamples())
                .extracting(SampleOutcome::getStatus)
                .containsOnly(SampleResult.UNVERIFIABLE);
    }

    @Test
    void aResponseCutAtTheLimitIsWrong() {
        // Given
        run.getGroups().setTruncation(TruncationRule.INCORRECT);
        GroupingBench bench = new GroupingBench(run);
        RolloutRequest request = bench.requested(bench.training(0));

        // When
        bench.arrive(cut(request, 0));
        bench.answer(request, 1, Records.WRONG);

        // Then
        assertThat(bench.outbox.verdicts.get(0).getOutcome()).isEqualTo(VerdictOutcome.CORRECT);
        assertThat(bench.outbox.groups.get(0).getSamples())
                .extracting(TrainingSample::getReward)
                .containsExactly(0.0, 0.75);
    }

    @Test
    void aResponseCutAtTheLimitIsExcluded() {
        // Given
        run.getGroups().setTruncation(TruncationRule.EXCLUDE);
        GroupingBench bench = new GroupingBench(run);
        RolloutRequest request = bench.requested(bench.training(0));

        // When
        bench.arrive(cut(request, 0));
        bench.answer(request, 1, Records.WRONG);

        // Then
        GroupOutcome outcome = bench.outbox.outcomes.get(0);
        assertThat(outcome.getOutcome()).isEqualTo(Outcome.FILTERED);
        assertThat(outcome.getSamples())
                .extracting(SampleOutcome::getStatus)
                .containsExactly(SampleResult.TRUNCATED, SampleResult.REWARDED);
    }

    @Test
    void anEvaluationCountsWhatTheVerifierFound() {
        // Given
        GroupingBench bench = new GroupingBench(run);
        RolloutRequest request = bench.requested(bench.evaluation(0, 3));

        // When
        bench.arrive(cut(request, 0));
        bench.answer(request, 1, Records.RIGHT);

        // Then
        GroupOutcome outcome = bench.outbox.outcomes.get(0);
        assertThat(outcome.getOutcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(outcome.getEvaluationId()).isEqualTo("toy-test@3");
        assertThat(outcome.getSamples()).extracting(SampleOutcome::getReward).containsExactly(1.0, 1.0);
        assertThat(bench.outbox.groups).isEmpty();
    }

    @Test
    void aGroupOfOneSampleNeedsOnlyOne() {
        // Given
        run.getGroups().setSamplesPerGroup(1);
        run.getGroups().setFilterZeroVariance(false);

        // When
        GroupingBench bench = answered(Records.RIGHT);

        // Then
        assertThat(bench.outbox.groups).hasSize(1);
    }

    private GroupingBench answered(String... answers) {
        GroupingBench bench = new GroupingBench(run);
        answer(bench, bench.training(0), answers);
        return bench;
    }

    private static void answer(GroupingBench bench, RolloutRequest request, String... answers) {
        bench.requested(request);
        for (int sample = 0; sample < answers.length; sample++) {
            bench.answer(request, sample, answers[sample]);
        }
    }

    private static Trajectory cut(RolloutRequest request, int sample) {
        Trajectory trajectory = Records.trajectory(request, sample, Records.RIGHT);
        trajectory.setStopReason(StopReason.LENGTH);
        return trajectory;
    }
}
