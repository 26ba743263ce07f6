package dev.tracerl.core.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tracerl.core.loss.LossNormalization;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TracePackerTest {

    private static final int M = 99;

    /** Six prompt tokens, so the first block of four holds two of them; the last block has two tokens after the end. */
    private static final TracedResponse RESPONSE = new TracedResponse(
            new int[] {1, 2, 3, 4, 5, 6},
            new int[] {11, 12, 21, 22, 23, 24},
            4,
            new int[] {2, 1, 3, 4, 5, 3},
            new float[] {-.1f, -.2f, -.3f, -.4f, -.5f, -.6f},
            TracedResponse.repeat(1.5f, 6));

    @Test
    void layoutIsPromptThenCleanResponseThenOneCopyPerBlockAndStep() {
        // When
        PackedExample packed = TracePacker.pack(RESPONSE, settings(1, LossNormalization.TARGETS));

        // Then
        assertThat(packed.cleanLength()).isEqualTo(8);
        assertThat(packed.tokens())
                .containsExactly(
                        // Clean, without the last block.
                        1,
                        2,
                        3,
                        4,
                        5,
                        6,
                        11,
                        12,
                        // First block with the prompt's remainder: steps 1 and 2.
                        5,
                        6,
                        M,
                        M,
                        5,
                        6,
                        M,
                        12,
                        // Last block: steps 3 and 4; step 5 reveals nothing that is kept.
                        M,
                        M,
                        M,
                        M,
                        21,
                        M,
                        M,
                        24);
        assertThat(packed.positions())
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 4, 5, 6, 7, 4, 5, 6, 7, 8, 9, 10, 11, 8, 9, 10, 11);
        assertThat(packed.clean())
                .containsExactly(4, 4, 4, 4, 8, 8, 8, 8, 4, 4, 4, 4, 4, 4, 4, 4, 8, 8, 8, 8, 8, 8, 8, 8);
        assertThat(packed.copy())
                .containsExactly(-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
    }

    @Test
    void targetsAreAlignedWithLabelsAdvantagesAndLogProbabilities() {
        // When
        PackedExample packed = TracePacker.pack(RESPONSE, settings(1, LossNormalization.TARGETS));

        // Then
        assertThat(packed.targets()).containsExactly(11, 14, 16, 21);
        assertThat(packed.labels()).containsExactly(12, 11, 21, 22);
        assertThat(packed.oldLogProbs()).containsExactly(-.2f, -.1f, -.3f, -.4f);
        assertThat(packed.advantages()).containsExactly(1.5f, 1.5f, 1.5f, 1.5f);
    }

    @Test
    void shrinkMergesStepsOfOneBlock() {
        // When
        PackedExample packed = TracePacker.pack(RESPONSE, settings(2, LossNormalization.TARGETS));

        // Then
        assertThat(packed.tokens()).containsExactly(1, 2, 3, 4, 5, 6, 11, 12, 5, 6, M, M, M, M, M, M);
        assertThat(packed.labels()).containsExactly(11, 12, 21, 22);
    }

    @Test
    void tokensAfterTheEndStayVisibleButAreNoTargets() {
        // When
        PackedExample packed = TracePacker.pack(RESPONSE, settings(1, LossNormalization.TARGETS));

        // Then
        assertThat(packed.sees(21, 23)).isTrue();
        assertThat(packed.tokens()[23]).isEqualTo(24);
        assertThat(packed.targets()).doesNotContain(18, 19, 22, 23);
    }

    @Test
    void responseWithoutRecordedLogProbabilitiesHasZeros() {
        // Given
        TracedResponse response = new TracedResponse(
                new int[0], new int[] {5, 6}, 2, new int[] {1, 2}, new float[0], new float[] {1, -1});

        // When
        PackedExample packed = TracePacker.pack(response, settings(1, LossNormalization.TARGETS));

        // Then
        assertThat(packed.cleanLength()).isZero();
        assertThat(packed.tokens()).containsExactly(M, M, 5, M);
        assertThat(packed.oldLogProbs()).containsExactly(0, 0);
        assertThat(packed.advantages()).containsExactly(1, -1);
    }

    @ParameterizedTest
    @CsvSource({"RESPONSE_LENGTH,.1,.1,.1,.1", "TARGETS,.25,.25,.25,.25", "STEPS,.25,.25,.5,0"})
    void weightsFollowTheNormalization(LossNormalization normalization, float a, float b, float c, float d) {
        // Given
        TracedResponse response = new TracedResponse(
                new int[] {1},
                new int[] {5, 6, 7, 8, 9, 10, 11},
                d == 0 ? 3 : 4,
                new int[] {1, 1, 2, 3, 4, 5, 6},
                new float[0],
                new float[7]);

        // When
        PackedExample packed = TracePacker.pack(response, settings(1, normalization));

        // Then
        float[] expected = d == 0 ? new float[] {a, b, c} : new float[] {a, b, c, d};
        assertThat(packed.weights()).containsExactly(expected, within(1e-7f));
    }

    /** The worked example of the algorithm's description. */
    @Test
    void withFullAttentionEveryStepOfTheResponseIsARowOfItsOwn() {
        // Given
        TracedResponse response = new TracedResponse(
                new int[] {13, 14, 15},
                new int[] {21, 22, 23, 24, 25, 0},
                5,
                new int[] {0, 1, 2, 4, 3, 5},
                new float[0],
                new float[6]);

        // When
        PackedExample packed =
                TracePacker.pack(response, settings(2, LossNormalization.STEPS).withLayout(Layout.FULL));

        // Then
        assertThat(packed.cleanLength()).isZero();
        assertThat(packed.tokens())
                .containsExactly(
                        13, 14, 15, M, M, M, M, M, M, 13, 14, 15, 21, 22, M, M, M, M, 13, 14, 15, 21, 22, 23, M, 25, M);
        assertThat(packed.positions())
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(packed.targets()).containsExactly(3, 4, 14, 16, 24);
        assertThat(packed.labels()).containsExactly(21, 22, 23, 25, 24);
        assertThat(packed.weights())
                .containsExactly(new float[] {1 / 6f, 1 / 6f, 1 / 6f, 1 / 6f, 1 / 3f}, within(1e-7f));
        assertThat(packed.sees(0, 8)).isTrue();
        assertThat(packed.sees(8, 0)).isTrue();
        assertThat(packed.sees(8, 9)).isFalse();
    }

    @Test
    void withShiftedScoresATargetIsTheRowBeforeItsLabel() {
        // When
        PackedExample packed = TracePacker.pack(
                RESPONSE, settings(9, LossNormalization.TARGETS).withLayout(Layout.FULL_SHIFTED));

        // Then
        assertThat(packed.tokens()).containsExactly(1, 2, 3, 4, 5, 6, M, M, M, M, M, M);
        assertThat(packed.targets()).containsExactly(5, 6, 7, 8);
        assertThat(packed.labels()).containsExactly(11, 12, 21, 22);
        assertThat(packed.oldLogProbs()).containsExactly(-.1f, -.2f, -.3f, -.4f);
    }

    @Test
    void shiftedScoresNeedAPrompt() {
        // Given
        PackSettings settings = settings(1, LossNormalization.TARGETS).withLayout(Layout.FULL_SHIFTED);
        TracedResponse response =
                new TracedResponse(new int[0], new int[] {5, 6}, 2, new int[] {1, 2}, new float[0], new float[2]);

        // When
        // Then
        assertThatThrownBy(() -> TracePacker.pack(response, settings))
                .hasMessage("the prompt is empty: nothing scores the first response token");
    }

    @ParameterizedTest
    @CsvSource({"ABSOLUTE_BLOCKS,2", "FULL,2", "FULL,1", "FULL,9"})
    void theNearestPaddingAfterTheEndIsTrainedWhereAskedFor(Layout layout, int count) {
        // Given
        int pad = 7;
        TracedResponse response = new TracedResponse(
                new int[] {1, 2, 3, 4},
                new int[] {11, pad, 13, 0, pad, 14, 0, pad},
                3,
                new int[] {1, 2, 3, 4, 5, 6, 7, 8},
                new float[0],
                new float[8]);
        PackSettings settings = settings(1, LossNormalization.TARGETS)
                .withLayout(layout)
                .withPadding(new TrainedPadding(count, Set.of(0, pad)));

        // When
        PackedExample packed = TracePacker.pack(response, settings);

        // Then
        int[] nearest = {0, pad, 0, pad};
        assertThat(IntStream.of(packed.labels()).limit(3)).containsExactly(11, pad, 13);
        assertThat(IntStream.of(packed.labels()).skip(3).toArray())
                .isEqualTo(Arrays.copyOf(nearest, Math.min(count, nearest.length)));
    }

    @Test
    void malformedResponsesAreRefusedByName() {
        // When
        // Then
        assertThatThrownBy(() -> traced(3, new int[2], new float[0], new float[2]))
                .hasMessage("keptTokens is 3, must be in [1, 2]");
        assertThatThrownBy(() -> traced(1, new int[1], new float[0], new float[2]))
                .hasMessage("stepMap has 1 entries, must have one per response token, which is 2");
        assertThatThrownBy(() -> traced(1, new int[2], new float[1], new float[2]))
                .hasMessage("logProbs has 1 entries, must have one per response token, which is 2");
        assertThatThrownBy(() -> traced(1, new int[2], new float[] {0, Float.NaN}, new float[2]))
                .hasMessage("logProbs[1] is NaN, must be finite");
        assertThatThrownBy(() -> new PackSettings(0, 1, M, LossNormalization.TARGETS, 1))
                .hasMessage("blockSize is 0, must be at least 1");
        assertThatThrownBy(() -> new TrainedPadding(-1, Set.of()))
                .hasMessage("trained padding is -1, must be at least 0");
    }

    private static TracedResponse traced(int kept, int[] steps, float[] logProbs, float[] advantages) {
        return new TracedResponse(new int[1], new int[2], kept, steps, logProbs, advantages);
    }

    private static PackSettings settings(int shrink, LossNormalization normalization) {
        return new PackSettings(4, shrink, M, normalization, 10);
    }
}
