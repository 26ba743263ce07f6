package dev.tracerl.core.decode;

import static dev.tracerl.core.decode.FullCase.END;
import static dev.tracerl.core.decode.FullCase.MASK;
import static dev.tracerl.core.decode.FullCase.PAD;
import static dev.tracerl.core.decode.FullCase.PROMPT;
import static dev.tracerl.core.decode.FullCase.VOCABULARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FullSamplerTest {

    private static final UnmaskingPolicy STATIC = new UnmaskingPolicy.StaticLowConfidence();

    private static SamplerSettings settings(
            int block, int steps, UnmaskingPolicy policy, int length, FullSettings full) {
        return new SamplerSettings(block, steps, policy, 1, 0, 1, length, Confidence.DEFAULT, full);
    }

    private static FullSettings cached(@Nullable Integer horizon) {
        return new FullSettings(true, horizon, EarlyStop.NEVER);
    }

    @Test
    void aCacheIsStaleWhereTheNetworkSeesTheWholeSequence() {
        // Given
        FullCase exact = new FullCase(settings(4, 4, STATIC, 12, FullSettings.DEFAULT), false, 5);
        FullCase stale = new FullCase(settings(4, 4, STATIC, 12, cached(null)), false, 5);

        // When
        SampledResponse whole = exact.sample(FullCase.network(5));
        SampledResponse cached = stale.sample(FullCase.network(5));

        // Then
        assertThat(cached.logProbs()).isNotEqualTo(whole.logProbs());
        int first = IntStream.range(0, 4)
                .filter(i -> whole.stepMap()[i] == 1)
                .findFirst()
                .orElseThrow();
        assertThat(cached.logProbs()[first]).isEqualTo(whole.logProbs()[first]);
    }

    @Test
    void windowsReachFromTheBlockToTheHorizonAndSeeTheSequenceOfTheFirstStep() {
        // Given
        List<String> calls = new ArrayList<>();
        FullLogitsSource network = (window, start, cached) -> {
            long masks = Arrays.stream(cached).filter(token -> token == MASK).count();
            calls.add(
                    start + "+" + window.length + (start == 0 ? "" : " after " + masks + " masks of " + cached.length));
            return FullCase.network(1).logits(window, start, cached);
        };

        // When
        new FullCase(settings(4, 2, STATIC, 12, cached(3)), false, 1).sample(network);

        // Then
        assertThat(calls)
                .containsExactly(
                        "0+15",
                        "3+7 after 12 masks of 15",
                        "0+15",
                        "7+7 after 8 masks of 15",
                        "0+15",
                        "11+4 after 4 masks of 15");
    }

    @Test
    void shiftedScoresComeFromTheRowBeforeAndTheFirstPositionIsRevealedAlone() {
        // Given: row i is certain of token (i + 1) % 5
        FullLogitsSource network = (window, start, cached) -> IntStream.range(start, start + window.length)
                .mapToObj(row -> IntStream.range(0, VOCABULARY)
                        .mapToDouble(v -> v == (row + 1) % 5 ? 9 : 0)
                        .toArray())
                .toArray(double[][]::new);
        UnmaskingPolicy policy = new UnmaskingPolicy.ThresholdOrBest(0.9);

        // When
        SampledResponse response = new FullCase(settings(3, 3, policy, 6, cached(0)), true, 1).sample(network);

        // Then
        assertThat(response.tokens()).containsExactly(3, 4, 0, 1, 2, 3);
        assertThat(response.stepMap()).containsExactly(1, 2, 2, 3, 4, 4);
    }

    @Test
    void aBlockOfPaddingEndsADreamResponse() {
        // Given
        FullLogitsSource network = certain(1, 2, PAD, PAD, PAD, PAD, 3, 4);
        SamplerSettings settings = settings(2, 2, STATIC, 8, new FullSettings(true, 2, EarlyStop.PAD_BLOCK));

        // When
        SampledResponse response = new FullCase(settings, false, 1).sample(network);

        // Then
        assertThat(response.tokens()).containsExactly(1, 2, PAD, PAD, PAD, PAD, PAD, PAD);
        assertThat(response.stepMap()).endsWith(5, 5, 5, 5).doesNotContain(0, 6);
        assertThat(response.logProbs()).endsWith(0, 0, 0, 0);
        assertThat(response.blockVersions()).hasSize(4);
        assertThat(response.keptTokens()).isEqualTo(3);
        assertThat(response.stopReason()).isEqualTo(StopReason.END_OF_TEXT);
        assertThat(response.forwards()).isEqualTo(4);
    }

    @Test
    void endOfTextEndsGenerationOnlyIfTheSettingsSaySo() {
        // Given
        FullLogitsSource network = certain(1, END, 2, 3, 4, END);
        SamplerSettings whole = settings(2, 2, STATIC, 6, FullSettings.DEFAULT);
        FullCase early = new FullCase(whole, false, 1).with(new FullSettings(false, null, EarlyStop.END_OF_TEXT));

        // When
        SampledResponse complete = new FullCase(whole, false, 1).sample(network);
        SampledResponse stopped = early.sample(network);

        // Then
        assertThat(complete.tokens()).containsExactly(1, END, 2, 3, 4, END);
        assertThat(stopped.tokens()).containsExactly(1, END, PAD, PAD, PAD, PAD);
        assertThat(List.of(complete, stopped))
                .allSatisfy(response -> assertThat(response.keptTokens()).isEqualTo(2))
                .allSatisfy(response -> assertThat(response.stopReason()).isEqualTo(StopReason.END_OF_TEXT));
        assertThat(stopped.forwards()).isEqualTo(2);
    }

    @Test
    void aResponseWithoutEndOfTextKeepsItsWholeLength() {
        // When
        SampledResponse response =
                new FullCase(settings(2, 2, STATIC, 4, FullSettings.DEFAULT), false, 1).sample(certain(1, PAD, 2, 3));

        // Then
        assertThat(response.keptTokens()).isEqualTo(4);
        assertThat(response.stopReason()).isEqualTo(StopReason.LENGTH);
    }

    /** Scores that leave no doubt about the response. */
    private static FullLogitsSource certain(int... response) {
        return (window, start, cached) -> IntStream.range(start, start + window.length)
                .mapToObj(position -> {
                    double[] row = new double[VOCABULARY];
                    row[position < PROMPT.length ? 0 : response[position - PROMPT.length]] = 60;
                    return row;
                })
                .toArray(double[][]::new);
    }

    @Test
    void versionIsAskedOncePerBlock() {
        // Given
        AtomicLong version = new AtomicLong(5);
        FullLogitsSource network = new FullLogitsSource() {
            @Override
            public double[][] logits(int[] window, int start, int[] cached) {
                return FullCase.network(1).logits(window, start, cached);
            }

            @Override
            public long version() {
                return version.getAndIncrement();
            }
        };

        // When
        SampledResponse response = new FullCase(settings(4, 4, STATIC, 12, cached(null)), true, 1).sample(network);

        // Then
        assertThat(response.blockVersions()).containsExactly(5, 6, 7);
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        // When
        // Then
        assertThatThrownBy(() -> new FullCase(settings(4, 4, STATIC, 10, FullSettings.DEFAULT), false, 1).sampler())
                .hasMessage("maxTokens is 10, must be a multiple of blockSize, which is 4, for a full-attention model");
        assertThatThrownBy(() -> new FullCase(settings(4, 1, STATIC, 8, FullSettings.DEFAULT), true, 1).sampler())
                .hasMessage("stepsPerBlock is 1, must be at least 2 for a model with shifted scores: its first step"
                        + " reveals one token only");
        assertThatThrownBy(() -> new FullSettings(false, 3, EarlyStop.NEVER))
                .hasMessage("furtherHorizon needs prefixCache: without it every step sees everything");
        assertThatThrownBy(() -> new FullSettings(true, -1, EarlyStop.NEVER))
                .hasMessage("furtherHorizon is -1, must be at least 0");
        assertThatThrownBy(() -> settings(4, 4, STATIC, 8, cached(null)).requireBlockAttention())
                .hasMessageContaining("are for full-attention models");
    }
}
