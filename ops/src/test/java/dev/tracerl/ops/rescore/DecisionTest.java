package dev.tracerl.ops.rescore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.schemas.avro.GroupSpec;
import dev.tracerl.schemas.avro.NonRewardRule;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.schemas.avro.TruncationRule;
import dev.tracerl.schemas.avro.VerdictOutcome;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecisionTest {

    /** The third sample hit the length limit, the fourth has no score. */
    private static final List<Double> SCORES = Arrays.asList(1.0, 0.0, 1.0, null);

    @Test
    void aSampleWithoutAScoreFollowsTheRunsRule() {
        assertThat(decide(NonRewardRule.EXCLUDE_SAMPLE, TruncationRule.INCORRECT)
                        .rewards())
                .containsExactly(1.0, 0.0, 0.0, null);
        assertThat(decide(NonRewardRule.INCORRECT, TruncationRule.INCORRECT).rewards())
                .containsExactly(1.0, 0.0, 0.0, 0.0);
        assertThat(decide(NonRewardRule.EXCLUDE_GROUP, TruncationRule.INCORRECT).filtered())
                .contains("1 samples are without a score");
    }

    @Test
    void aSampleWithoutARewardHasNoAdvantage() {
        // When
        Decision decision = decide(NonRewardRule.EXCLUDE_SAMPLE, TruncationRule.EXCLUDE);

        // Then
        assertThat(decision.trains()).isTrue();
        assertThat(decision.advantages()).containsExactly(1, -1, 0, 0);
    }

    @ParameterizedTest
    @EnumSource(TruncationRule.class)
    void aGroupInWhichNothingWasJudgedIsNotTrained(TruncationRule truncation) {
        // When
        Decision decision =
                Decision.of(group(), Arrays.asList(null, null, null, null), rules(NonRewardRule.INCORRECT, truncation));

        // Then
        assertThat(decision.filtered()).contains("no sample could be rewarded");
    }

    private static Decision decide(NonRewardRule nonRewards, TruncationRule truncation) {
        return Decision.of(group(), SCORES, rules(nonRewards, truncation));
    }

    private static GroupSpec rules(NonRewardRule nonRewards, TruncationRule truncation) {
        return GroupSpec.newBuilder()
                .setGroupsPerStep(1)
                .setSamplesPerGroup(4)
                .setNonRewards(nonRewards)
                .setTruncation(truncation)
                .build();
    }

    private static LoggedGroup group() {
        Task task = Task.newBuilder()
                .setTaskId("train/0")
                .setSet("train")
                .setIndex(0)
                .setKind("sudoku")
                .setPrompt("")
                .setInputs(Map.of())
                .build();
        return new LoggedGroup(
                "g", task, 4, true, Outcome.ACCEPTED, List.of(sample(0), sample(1), sample(2), sample(3)));
    }

    private static LoggedSample sample(int index) {
        return new LoggedSample("g/" + index, index, "", index == 2, VerdictOutcome.FAILED, null, null);
    }
}
