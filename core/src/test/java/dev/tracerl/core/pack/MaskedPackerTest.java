package dev.tracerl.core.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tracerl.core.decode.CounterRandom;
import dev.tracerl.core.loss.LossNormalization;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MaskedPackerTest {

    private static final int M = 99;
    private static final int END = 0;
    private static final PackSettings SETTINGS = new PackSettings(4, 1, M, LossNormalization.TARGETS, 16);
    private static final Demonstration DEMONSTRATION =
            Demonstration.filled(new int[] {1, 2, 3}, new int[] {11, 12, 13, 14, 15, 16, END}, 4, END);

    @Test
    void demonstrationIsFilledToTheEndOfItsLastBlock() {
        // Then
        assertThat(DEMONSTRATION.response()).containsExactly(11, 12, 13, 14, 15, 16, END, END, END);
        assertThat(DEMONSTRATION.keptTokens()).isEqualTo(7);
    }

    @Test
    void everyBlockHasItsCopiesAndEveryCopyATarget() {
        for (int sample = 0; sample < 500; sample++) {
            // When
            PackedExample packed = MaskedPacker.random(
                    DEMONSTRATION, SETTINGS, new MaskRange(2, 0, 1), new CounterRandom(1, "task", sample));

            // Then
            assertThat(packed.rows()).isEqualTo(8 + 2 * 3 * 4);
            for (int copy = 0; copy < 6; copy++) {
                int number = copy;
                assertThat(IntStream.of(packed.targets()).filter(row -> packed.copy()[row] == number))
                        .isNotEmpty();
            }
            assertThat(IntStream.of(packed.targets())).allMatch(row -> packed.tokens()[row] == M);
            assertThat(packed.labels()).isNotEmpty().doesNotContain(1, 2, 3);
            assertThat(packed.advantages()).containsOnly(1);
            assertThat(packed.oldLogProbs()).containsOnly(0);
        }
    }

    @Test
    void promptIsNeverMasked() {
        // When
        PackedExample packed =
                MaskedPacker.random(DEMONSTRATION, SETTINGS, new MaskRange(1, 1, 1), new CounterRandom(1, "task", 0));

        // Then
        assertThat(packed.tokens()).containsExactly(1, 2, 3, 11, 12, 13, 14, 15, 1, 2, 3, M, M, M, M, M, M, M, M, M);
        assertThat(packed.labels()).containsExactly(11, 12, 13, 14, 15, 16, END);
    }

    @Test
    void shareOfMaskedTokensFollowsTheRange() {
        // Given
        int[] long4 = IntStream.range(0, 400).map(i -> 1 + i % 50).toArray();
        Demonstration demonstration = new Demonstration(new int[0], long4, 400);
        PackSettings settings = new PackSettings(40, 1, M, LossNormalization.TARGETS, 16);

        // When
        double masked = IntStream.range(0, 100)
                .map(sample -> MaskedPacker.random(
                                demonstration,
                                settings,
                                new MaskRange(1, 0.2, 0.6),
                                new CounterRandom(1, "task", sample))
                        .targets()
                        .length)
                .average()
                .orElseThrow();

        // Then
        assertThat(masked / 400).isCloseTo(0.4, within(0.02));
    }

    @Test
    void randomOrderTargetsEveryKeptTokenOnce() {
        for (int tokensPerStep = 1; tokensPerStep <= 4; tokensPerStep++) {
            // When
            PackedExample packed = MaskedPacker.randomOrder(
                    DEMONSTRATION, SETTINGS, tokensPerStep, new CounterRandom(1, "task", tokensPerStep));

            // Then
            assertThat(IntStream.of(packed.targets())
                            .map(row -> packed.positions()[row])
                            .sorted())
                    .containsExactly(3, 4, 5, 6, 7, 8, 9);
        }
    }

    @Test
    void randomOrderVariesWithTheRandomNumbers() {
        // When
        long orders = IntStream.range(0, 200)
                .mapToObj(sample -> MaskedPacker.randomOrder(
                                DEMONSTRATION, SETTINGS, 1, new CounterRandom(1, "task", sample))
                        .labels())
                .map(labels -> IntStream.of(labels).skip(1).limit(4).boxed().toList())
                .distinct()
                .count();

        // Then
        assertThat(orders).isEqualTo(24);
    }

    @Test
    void malformedArgumentsAreRefusedByName() {
        // When
        // Then
        assertThatThrownBy(() -> new Demonstration(new int[1], new int[2], 0))
                .hasMessage("keptTokens is 0, must be in [1, 2]");
        assertThatThrownBy(() -> new MaskRange(0, 0, 1)).hasMessage("copiesPerBlock is 0, must be at least 1");
        assertThatThrownBy(() -> new MaskRange(1, 0.5, 0.2))
                .hasMessage("min is 0.5 and max is 0.2, must satisfy 0 <= min <= max <= 1");
        assertThatThrownBy(() -> MaskedPacker.randomOrder(DEMONSTRATION, SETTINGS, 0, new CounterRandom(1, "task", 0)))
                .hasMessage("tokensPerStep is 0, must be at least 1");
    }
}
