package dev.tracerl.core.advantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tracerl.core.golden.GoldenFile;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class GroupAdvantageTest {

    static Stream<JsonNode> published() {
        return GoldenFile.list(GoldenFile.read("shrink_and_zscore.json").get("group_zscore")).stream();
    }

    @ParameterizedTest
    @MethodSource("published")
    void zScoreEqualsThePublishedCode(JsonNode golden) {
        // When
        double[] advantages = GroupAdvantage.Z_SCORE.advantages(GoldenFile.doubles(golden.get("rewards")));

        // Then
        assertThat(advantages).containsExactly(GoldenFile.doubles(golden.get("advantages")), within(1e-9));
    }

    @ParameterizedTest
    @EnumSource(GroupAdvantage.class)
    void groupWithEqualRewardsHasZeroAdvantages(GroupAdvantage kind) {
        // When
        double[] advantages = kind.advantages(new double[] {0.1, 0.1, 0.1});

        // Then
        assertThat(advantages).containsExactly(0, 0, 0);
    }

    @ParameterizedTest
    @EnumSource(GroupAdvantage.class)
    void groupOfOneOrNoneHasZeroAdvantages(GroupAdvantage kind) {
        // When
        double[] one = kind.advantages(new double[] {0.7});
        double[] none = kind.advantages(new double[0]);

        // Then
        assertThat(one).containsExactly(0);
        assertThat(none).isEmpty();
    }

    @Test
    void leaveOneOutSubtractsTheMeanOfTheOthers() {
        // When
        double[] advantages = GroupAdvantage.LEAVE_ONE_OUT.advantages(new double[] {1, 0, 0.5});

        // Then
        assertThat(advantages).containsExactly(new double[] {0.75, -0.75, 0}, within(1e-12));
    }

    @Test
    void meanOnlySubtractsTheMean() {
        // When
        double[] advantages = GroupAdvantage.MEAN_ONLY.advantages(new double[] {1, 0, 0.5});

        // Then
        assertThat(advantages).containsExactly(new double[] {0.5, -0.5, 0}, within(1e-12));
    }

    @ParameterizedTest
    @EnumSource(GroupAdvantage.class)
    void advantagesSumToZeroAndNeverWriteTheRewards(GroupAdvantage kind) {
        // Given
        double[] rewards = {1, 0, 0.25, 0.125, 1};

        // When
        double[] advantages = kind.advantages(rewards);

        // Then
        assertThat(Arrays.stream(advantages).sum()).isCloseTo(0, within(1e-12));
        assertThat(rewards).containsExactly(1, 0, 0.25, 0.125, 1);
    }

    @ParameterizedTest
    @EnumSource(GroupAdvantage.class)
    void rewardsThatAreNotFiniteAreRefused(GroupAdvantage kind) {
        // When
        // Then
        assertThatThrownBy(() -> kind.advantages(new double[] {0, Double.NaN}))
                .hasMessage("reward 1 is NaN, must be finite");
    }
}
