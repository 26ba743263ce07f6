package dev.tracerl.core.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransferScheduleTest {

    @Test
    void largerSharesComeFirst() {
        // When
        int[] schedule = TransferSchedule.tokensPerStep(8, 3);

        // Then
        assertThat(schedule).containsExactly(3, 3, 2);
    }

    @ParameterizedTest
    @CsvSource({"0,1", "1,1", "4,4", "4,7", "32,5", "33,32"})
    void sharesSumToAllTokensAndDifferByOneAtMost(int tokens, int steps) {
        // When
        int[] schedule = TransferSchedule.tokensPerStep(tokens, steps);

        // Then
        assertThat(schedule).hasSize(steps);
        assertThat(Arrays.stream(schedule).sum()).isEqualTo(tokens);
        assertThat(schedule[0] - schedule[steps - 1]).isBetween(0, 1);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,4", "4,2", "32,32", "8,4"})
    void firstTokenAloneLeavesTheRestToTheOtherSteps(int tokens, int steps) {
        // When
        int[] schedule = TransferSchedule.firstAlone(tokens, steps);

        // Then
        assertThat(schedule).hasSize(steps).startsWith(1);
        assertThat(Arrays.stream(schedule).sum()).isEqualTo(tokens);
    }

    @Test
    void impossibleArgumentsAreRefusedByName() {
        // When
        // Then
        assertThatThrownBy(() -> TransferSchedule.tokensPerStep(-1, 2)).hasMessage("tokens is -1, must be at least 0");
        assertThatThrownBy(() -> TransferSchedule.tokensPerStep(4, 0)).hasMessage("steps is 0, must be at least 1");
        assertThatThrownBy(() -> TransferSchedule.firstAlone(0, 2)).hasMessage("tokens is 0, must be at least 1");
        assertThatThrownBy(() -> TransferSchedule.firstAlone(4, 1))
                .hasMessage("steps is 1, must be at least 2: the first step reveals one token only");
    }
}
