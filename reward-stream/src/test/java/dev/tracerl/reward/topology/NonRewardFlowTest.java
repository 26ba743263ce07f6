package dev.tracerl.reward.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.reward.Records;
import dev.tracerl.reward.Runs;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.NonRewardRule;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.SampleOutcome;
import dev.tracerl.schemas.avro.SampleResult;
import dev.tracerl.schemas.avro.StopReason;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.schemas.avro.TrainingSample;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.TruncationRule;
import dev.tracerl.schemas.avro.VerdictOutcome;
import dev.tracerl.schemas.avro.VerificationAnswer;
import dev.tracerl.schemas.avro.VerificationRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Three responses of which a worker finds the first right, the second wrong, and nothing about the third. */
class NonRewardFlowTest {

    private static final String TESTS = "{\"kind\": \"stdio\", \"cases\": [{\"input\": \"\", \"output\": \"1\"}]}";

    private final RunSpec run = Runs.run();

    @TempDir
    private Path directory;

    @Test
    void aSampleWithoutAScoreIsLeftOutByDefault() {
        try (TopologyHarness harness = started()) {
            // Given
            // When
            answer(harness, VerdictOutcome.UNVERIFIABLE);

            // Then
            TrainingGroup group = harness.groups().get(0);
            assertThat(rewards(group)).containsExactly(1.0, 0.0);
            assertThat(group.getOutcomes())
                    .extracting(SampleOutcome::getStatus)
                    .containsExactly(SampleResult.REWARDED, SampleResult.REWARDED, SampleResult.UNVERIFIABLE);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = VerdictOutcome.class,
            names = {"UNVERIFIABLE", "TIMED_OUT", "FAILED"})
    void aSampleWithoutAScoreIsIncorrectIfTheRunSaysSo(VerdictOutcome found) {
        // Given
        run.getGroups().setNonRewards(NonRewardRule.INCORRECT);
        try (TopologyHarness harness = started()) {

            // When
            answer(harness, found);

            // Then
            TrainingGroup group = harness.groups().get(0);
            assertThat(rewards(group)).containsExactly(1.0, 0.0, 0.0);
            SampleOutcome last = group.getOutcomes().get(2);
            assertThat(last.getStatus().name()).isEqualTo(found.name());
            assertThat(last.getReward()).isZero();
            assertThat(last.getReason()).isEqualTo("nothing to say");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = VerdictOutcome.class,
            names = {"UNVERIFIABLE", "TIMED_OUT", "FAILED"})
    void aSampleWithoutAScoreEndsItsGroupIfTheRunSaysSo(VerdictOutcome found) {
        // Given
        run.getGroups().setNonRewards(NonRewardRule.EXCLUDE_GROUP);
        try (TopologyHarness harness = started()) {

            // When
            answer(harness, found);

            // Then
            GroupOutcome outcome = harness.outcomes().get(0);
            assertThat(outcome.getOutcome()).isEqualTo(Outcome.FILTERED);
            assertThat(outcome.getReason())
                    .isEqualTo(
                            "sample 2 is without a score, %s: nothing to say",
                            found.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
            assertThat(harness.groups()).isEmpty();
            assertThat(harness.requests()).hasSize(3);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = NonRewardRule.class,
            names = {"EXCLUDE_SAMPLE", "INCORRECT", "EXCLUDE_GROUP"})
    void aGroupWithoutAnyScoreIsDeadUnderEveryRule(NonRewardRule rule) {
        // Given
        run.getGroups().setNonRewards(rule);
        run.getGroups().setFilterZeroVariance(false);
        try (TopologyHarness harness = started()) {
            answerAll(harness, List.of(), VerdictOutcome.FAILED);

            // When
            List<GroupOutcome> outcomes = harness.outcomes();

            // Then
            assertThat(outcomes).extracting(GroupOutcome::getOutcome).containsExactly(Outcome.DEAD);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = NonRewardRule.class,
            names = {"EXCLUDE_SAMPLE", "INCORRECT", "EXCLUDE_GROUP"})
    void anEvaluationLeavesItOutUnderEveryRule(NonRewardRule rule) {
        // Given
        run.getGroups().setNonRewards(rule);
        run.getEvaluation().add(Runs.plan(1, 3, 0));
        try (TopologyHarness harness = started()) {

            // When
            answer(harness, VerdictOutcome.UNVERIFIABLE, Purpose.EVALUATION);

            // Then
            assertThat(harness.evaluations().get(0).getSamples()).isEqualTo(2);
            assertThat(harness.evaluations().get(0).getExcluded()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TruncationRule.class)
    void theLengthLimitComesFirst(TruncationRule truncation) {
        // Given
        run.getGroups().setNonRewards(NonRewardRule.EXCLUDE_GROUP);
        run.getGroups().setTruncation(truncation);
        try (TopologyHarness harness = started()) {
            RolloutRequest request = harness.requests().get(0);
            Trajectory cut = Records.trajectory(request, 2, "print(");
            cut.setStopReason(StopReason.LENGTH);

            // When
            harness.answer(request, 0, "print(1)");
            harness.answer(request, 1, "print(2)");
            harness.arrive(cut);
            found(harness, List.of(1.0, 0.0), VerdictOutcome.UNVERIFIABLE);

            // Then
            Double[] rewards =
                    truncation == TruncationRule.EXCLUDE ? new Double[] {1.0, 0.0} : new Double[] {1.0, 0.0, 0.0};
            assertThat(rewards(harness.groups().get(0))).containsExactly(rewards);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = NonRewardRule.class,
            names = {"EXCLUDE_SAMPLE", "INCORRECT", "EXCLUDE_GROUP"})
    void aGroupOfCutAndUnansweredSamplesIsDeadUnderEveryRule(NonRewardRule rule) {
        // Given
        run.getGroups().setNonRewards(rule);
        run.getGroups().setTruncation(TruncationRule.INCORRECT);
        try (TopologyHarness harness = started()) {
            RolloutRequest request = harness.requests().get(0);
            Trajectory cut = Records.trajectory(request, 0, "print(");
            cut.setStopReason(StopReason.LENGTH);

            // When
            harness.arrive(cut);
            harness.answer(request, 1, "print(1)");
            harness.answer(request, 2, "print(2)");
            found(harness, List.of(), VerdictOutcome.TIMED_OUT);

            // Then
            GroupOutcome outcome = harness.outcomes().get(0);
            assertThat(outcome.getOutcome()).isEqualTo(Outcome.DEAD);
            assertThat(outcome.getReason()).isEqualTo("no sample could be rewarded");
            assertThat(outcome.getSamples())
                    .extracting(SampleOutcome::getStatus)
                    .containsExactly(SampleResult.REWARDED, SampleResult.TIMED_OUT, SampleResult.TIMED_OUT);
        }
    }

    @Test
    void aGroupOfCutSamplesAloneTeachesNothing() {
        // Given
        run.getGroups().setTruncation(TruncationRule.INCORRECT);
        try (TopologyHarness harness = started()) {
            RolloutRequest request = harness.requests().get(0);

            // When
            for (int sample = 0; sample < 3; sample++) {
                Trajectory cut = Records.trajectory(request, sample, "print(");
                cut.setStopReason(StopReason.LENGTH);
                harness.arrive(cut);
            }
            found(harness, List.of(1.0, 1.0, 1.0), VerdictOutcome.FAILED);

            // Then
            assertThat(harness.outcomes().get(0).getOutcome()).isEqualTo(Outcome.FILTERED);
        }
    }

    private TopologyHarness started() {
        run.getGroups().setSamplesPerGroup(3);
        TopologyHarness harness = new TopologyHarness(run, directory, "non-rewards");
        for (String set : List.of(Runs.TRAIN, Runs.TEST)) {
            for (int index = 0; index < Runs.TASKS; index++) {
                Task task = Records.task(set, index);
                task.setKind("code");
                task.setInputs(Map.of("tests", TESTS));
                harness.send(Topics.TASKS, Ids.task(set, index), task);
            }
        }
        harness.publish(0);
        return harness;
    }

    private static void answer(TopologyHarness harness, VerdictOutcome last) {
        answer(harness, last, Purpose.TRAINING);
    }

    private static void answer(TopologyHarness harness, VerdictOutcome last, Purpose purpose) {
        RolloutRequest request = harness.requests().stream()
                .filter(requested -> requested.getPurpose() == purpose)
                .findFirst()
                .orElseThrow();
        harness.answerAll(request, "print(1)", "print(2)", "print(3)");
        found(harness, List.of(1.0, 0.0), last);
    }

    private static void answerAll(TopologyHarness harness, List<Double> scores, VerdictOutcome others) {
        harness.answerAll(harness.requests().get(0), "print(1)", "print(2)", "print(3)");
        found(harness, scores, others);
    }

    /** Answers all checks: with scores as far as they go, then without. */
    private static void found(TopologyHarness harness, List<Double> scores, VerdictOutcome others) {
        for (VerificationRequest check : harness.checks()) {
            boolean scored = check.getSample() < scores.size();
            VerificationAnswer answer = Records.found(check, scored ? scores.get(check.getSample()) : 0);
            if (!scored) {
                answer.setOutcome(others);
                answer.setScore(null);
                answer.setReason("nothing to say");
            }
            harness.send(harness.topics.verificationAnswers(), check.getGroupId(), answer);
        }
    }

    private static List<Double> rewards(TrainingGroup group) {
        return group.getSamples().stream().map(TrainingSample::getReward).toList();
    }
}
