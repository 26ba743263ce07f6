package dev.tracerl.core.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tracerl.core.decode.CounterRandom;
import dev.tracerl.core.loss.LossNormalization;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

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

    @ParameterizedTest
    @EnumSource(Layout.class)
    void everyTrainedTokenIsATargetOnceInAMaskAndItsComplement(Layout layout) {
        // Given
        PackSettings settings = SETTINGS.withLayout(layout).withPadding(new TrainedPadding(1, Set.of(END)));
        TracedResponse response = traced();

        for (int sample = 0; sample < 200; sample++) {
            // When
            PackedExample packed = MaskedPacker.coupled(
                    response, settings, new MaskRange(2, 0, 1), new CounterRandom(1, "group", sample));

            // Then
            assertThat(positions(packed, layout)).containsExactly(3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10);
            assertThat(packed.advantages()).containsOnly(-1.5f);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Layout.class, names = "RESPONSE_BLOCKS", mode = EnumSource.Mode.EXCLUDE)
    void aComplementShowsWhatItsCopyMasks(Layout layout) {
        // When
        PackedExample packed = MaskedPacker.coupled(
                traced(), SETTINGS.withLayout(layout), new MaskRange(1, 0.5, 0.5), new CounterRandom(1, "group", 2));

        // Then
        int last = 11; // the last position is after the end of the text: masked in one of the two, target in none
        int[] shown = IntStream.range(packed.cleanLength(), packed.rows())
                .filter(row -> packed.positions()[row] == last)
                .map(row -> packed.tokens()[row])
                .sorted()
                .toArray();
        assertThat(shown).containsExactly(END, M);
        assertThat(positions(packed, layout)).containsExactly(3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void withFullAttentionACopyHasRandomMasksInTheWholeResponse() {
        // When
        PackedExample packed = MaskedPacker.random(
                DEMONSTRATION,
                SETTINGS.withLayout(Layout.FULL),
                new MaskRange(35, 0, 1),
                new CounterRandom(1, "task", 0));

        // Then
        assertThat(packed.cleanLength()).isZero();
        assertThat(packed.rows()).isEqualTo(35 * 12);
        assertThat(IntStream.range(0, packed.rows()).filter(row -> packed.positions()[row] < 3))
                .allMatch(row -> packed.tokens()[row] != M);
        assertThat(IntStream.of(packed.targets())).allMatch(row -> packed.tokens()[row] == M);
        assertThat(IntStream.of(packed.targets()).map(row -> packed.copy()[row]).distinct())
                .hasSize(35);
    }

    @Test
    void masksOfOneProbabilityPerTokenAreThoseOfTheirMean() {
        assertThat(new MaskRange(3, 0.25, 0.75).perToken()).isEqualTo(new MaskRange(3, 0.5, 0.5));
    }

    @Test
    void semiAutoregressiveRowsShowEarlierBlocksAndMaskLaterOnes() {
        // When
        PackedExample packed = MaskedPacker.semiAutoregressive(
                DEMONSTRATION,
                SETTINGS.withLayout(Layout.FULL_SHIFTED),
                new MaskRange(1, 1, 1),
                new CounterRandom(1, "task", 0));

        // Then
        assertThat(packed.tokens())
                .containsExactly(1, 2, 3, M, M, M, M, M, M, M, M, M, 1, 2, 3, 11, 12, 13, 14, M, M, M, M, M);
        assertThat(packed.targets()).containsExactly(2, 3, 4, 5, 18, 19, 20);
        assertThat(packed.labels()).containsExactly(11, 12, 13, 14, 15, 16, END);
    }

    @Test
    void semiAutoregressiveRowsAreRandomMasksWithBlocks() {
        // Given
        MaskRange range = new MaskRange(2, 0.2, 0.8);

        // When
        PackedExample packed =
                MaskedPacker.semiAutoregressive(DEMONSTRATION, SETTINGS, range, new CounterRandom(1, "task", 0));

        // Then
        assertThat(packed)
                .usingRecursiveComparison()
                .isEqualTo(MaskedPacker.random(DEMONSTRATION, SETTINGS, range, new CounterRandom(1, "task", 0)));
    }

    @Test
    void recordedStepsAreKeptAndWhatFillsTheBlockComesLast() {
        // Given
        Demonstration recorded =
                new Demonstration(new int[] {1, 2, 3}, new int[] {11, 12, END}, 3, new int[] {3, 1, 2});

        // When
        TracedResponse traced = recorded.filled(SETTINGS, END).recorded();

        // Then
        assertThat(traced.response()).containsExactly(11, 12, END, END, END);
        assertThat(traced.stepMap()).containsExactly(3, 1, 2, 4, 4);
        assertThat(traced.keptTokens()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"ABSOLUTE_BLOCKS,9", "RESPONSE_BLOCKS,8", "FULL,16", "FULL_SHIFTED,16"})
    void demonstrationsEndWhereASampledResponseWould(Layout layout, int length) {
        // Given
        Demonstration answer = new Demonstration(new int[] {1, 2, 3}, new int[] {11, 12, 13, 14, 15, END}, 6);

        // When
        Demonstration filled = answer.filled(SETTINGS.withLayout(layout), 7);

        // Then
        assertThat(filled.response())
                .hasSize(length)
                .startsWith(11, 12, 13, 14, 15, END, 7)
                .endsWith(7);
        assertThat(filled.keptTokens()).isEqualTo(6);
    }

    private static TracedResponse traced() {
        int length = DEMONSTRATION.response().length;
        return new TracedResponse(
                DEMONSTRATION.prompt(),
                DEMONSTRATION.response(),
                DEMONSTRATION.keptTokens(),
                new int[length],
                new float[0],
                TracedResponse.repeat(-1.5f, length));
    }

    /** Of the labels, ascending. */
    private static IntStream positions(PackedExample packed, Layout layout) {
        return IntStream.of(packed.targets())
                .map(row -> packed.positions()[row] + layout.shift())
                .sorted();
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
        assertThatThrownBy(() -> new Demonstration(new int[1], new int[2], 1, new int[1]))
                .hasMessage("stepMap has 1 entries, must have none or one per response token, which is 2");
    }
}
