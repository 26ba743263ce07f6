package dev.tracerl.core.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FullSettingsTest {
    private static final UnmaskingPolicy STATIC = new UnmaskingPolicy.StaticLowConfidence();

    @Test
    void highestRankIsADrawFromTheSoftmaxOfConfidences() {
        // Given
        FullSettings settings = ranked(0.5, 1);
        double[] confidences = {0.9, 0.5, 0.1};
        int draws = 20_000;

        // When
        int[] first = new int[confidences.length];
        CounterRandom random = new CounterRandom(7, "ranks", 0);
        for (int draw = 0; draw < draws; draw++) {
            int best = 0;
            double highest = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < confidences.length; i++) {
                double rank = settings.rank(confidences[i], false, random.order(0, draw, i));
                best = rank > highest ? i : best;
                highest = Math.max(highest, rank);
            }
            first[best]++;
        }

        // Then
        double total = Math.exp(1.8) + Math.exp(1) + Math.exp(0.2);
        assertThat((double) first[0] / draws).isCloseTo(Math.exp(1.8) / total, within(0.015));
        assertThat((double) first[1] / draws).isCloseTo(Math.exp(1) / total, within(0.015));
    }

    @Test
    void penaltyDividesConfidenceInPaddingOnly() {
        // Given
        FullSettings settings = ranked(0, 4);

        // When / Then
        assertThat(settings.rank(0.8, true, 0.5)).isEqualTo(0.2);
        assertThat(settings.rank(0.8, false, 0.5)).isEqualTo(0.8);
    }

    @Test
    void settingsThatRankNothingAreRefused() {
        assertThatThrownBy(() -> ranked(-1, 1)).hasMessageContaining("selectionTemperature is -1.0");
        assertThatThrownBy(() -> ranked(0, 0.5)).hasMessageContaining("padPenalty is 0.5");
        assertThatThrownBy(() -> sampler(new UnmaskingPolicy.ThresholdOrBest(0.5), Confidence.DEFAULT, ranked(1, 1)))
                .hasMessageContaining("needs unmasking STATIC");
        Confidence entropy = new Confidence(Confidence.Rule.NEGATIVE_ENTROPY, false);
        assertThatThrownBy(() -> sampler(STATIC, entropy, ranked(0, 2))).hasMessageContaining("NEGATIVE_ENTROPY");
        assertThatThrownBy(
                        () -> sampler(STATIC, Confidence.DEFAULT, ranked(1, 1)).requireBlockAttention())
                .hasMessageContaining("selectionTemperature");
    }

    private static FullSettings ranked(double temperature, double padPenalty) {
        return new FullSettings(false, null, EarlyStop.NEVER, temperature, padPenalty);
    }

    private static SamplerSettings sampler(UnmaskingPolicy policy, Confidence confidence, FullSettings full) {
        return new SamplerSettings(4, 4, policy, 1, 0, 1, 8, confidence, full);
    }
}
