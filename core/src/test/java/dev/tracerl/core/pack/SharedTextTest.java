package dev.tracerl.core.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.core.loss.LossNormalization;
import dev.tracerl.core.pack.SharedText.Origin;
import org.junit.jupiter.api.Test;

class SharedTextTest {
    private static final PackSettings SETTINGS = new PackSettings(2, 1, 99, LossNormalization.RESPONSE_LENGTH, 10);

    @Test
    void wholeBlocksThatBeginAlikeAreMetOnce() {
        // Given
        SharedText text = new SharedText();
        PackedExample first = packed(new int[] {1, 2, 3, 4, 5}, 6, 7, 8);
        PackedExample second = packed(new int[] {1, 2, 3, 4, 5}, 9, 7, 8);

        // When
        Origin own = text.add(0, first);
        Origin shared = text.add(1, second);

        // Then
        assertThat(first.cleanLength()).isEqualTo(6);
        assertThat(own.example()).containsOnly(0);
        assertThat(own.row()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(shared.example()).containsExactly(0, 0, 0, 0, 1, 1);
        assertThat(shared.row()).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void theSameBlockAfterAnotherOneIsOtherText() {
        // Given
        SharedText text = new SharedText();
        text.add(0, packed(new int[] {1, 2, 3, 4}, 5, 6));

        // When
        Origin origin = text.add(1, packed(new int[] {7, 2, 3, 4}, 5, 6));

        // Then
        assertThat(origin.example()).containsOnly(1);
    }

    @Test
    void theSameTokensAtOtherPositionsAreOtherText() {
        // Given
        SharedText text = new SharedText();
        text.add(0, packed(new int[] {1, 1, 1, 1}, 5, 6));

        // When
        Origin origin = text.add(1, packed(new int[] {1, 1, 1, 1, 1, 1}, 5, 6));

        // Then
        assertThat(origin.example()).containsExactly(0, 0, 0, 0, 1, 1);
    }

    @Test
    void rowsInCommonAreAddedOnce() {
        // Given
        SharedText text = new SharedText();
        PackedExample example = packed(new int[] {1, 2, 3, 4}, 5, 6);

        // When / Then
        assertThat(text.addedRows(0, example)).isEqualTo(example.rows());
        assertThat(text.addedRows(1, example)).isEqualTo(example.rows() - 4);
    }

    @Test
    void fullAttentionHasNoTextInCommon() {
        // Given
        SharedText text = new SharedText();
        PackSettings full = SETTINGS.withLayout(Layout.FULL);
        PackedExample example = TracePacker.pack(trace(new int[] {1, 2}, 5, 6), full);

        // When / Then
        assertThat(text.addedRows(0, example)).isEqualTo(example.rows());
        assertThat(text.addedRows(1, example)).isEqualTo(example.rows());
    }

    private static PackedExample packed(int[] prompt, int... response) {
        return TracePacker.pack(trace(prompt, response), SETTINGS);
    }

    /** A response that was revealed token by token. */
    private static TracedResponse trace(int[] prompt, int... response) {
        int[] steps = new int[response.length];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = i + 1;
        }
        float[] ones = TracedResponse.repeat(1, response.length);
        return new TracedResponse(prompt, response, response.length, steps, new float[0], ones);
    }
}
