package dev.tracerl.core.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ConfidenceTest {

    private static final int MASK = 3;
    private static final double[] LOGITS =
            DoubleStream.of(0.5, 0.3, 0.2, 7).map(Math::log).toArray();

    @Test
    void everyRuleMeasuresWhatItsNameSays() {
        // Given
        TokenDistribution distribution = TokenDistribution.plain(LOGITS, MASK);

        // When
        // Then
        assertThat(confidence(Confidence.Rule.PROBABILITY, distribution)).isCloseTo(0.3, within(1e-12));
        assertThat(confidence(Confidence.Rule.MARGIN, distribution)).isCloseTo(0.2, within(1e-12));
        assertThat(confidence(Confidence.Rule.NEGATIVE_ENTROPY, distribution))
                .isCloseTo(0.5 * Math.log(0.5) + 0.3 * Math.log(0.3) + 0.2 * Math.log(0.2), within(1e-12));
        assertThat(confidence(Confidence.Rule.RANDOM, distribution)).isEqualTo(0.25);
    }

    private static double confidence(Confidence.Rule rule, TokenDistribution distribution) {
        return new Confidence(rule, false).of(distribution, 1, 0.25);
    }

    @Test
    void plainConfidenceIgnoresTemperatureAndFilters() {
        // Given
        SamplerSettings filtered = settings(new Confidence(Confidence.Rule.PROBABILITY, false));
        SamplerSettings plain = settings(new Confidence(Confidence.Rule.PROBABILITY, true));

        // When
        BlockDraws sharp = draws(filtered);
        BlockDraws flat = draws(plain);

        // Then
        assertThat(sharp.tokens()).isEqualTo(flat.tokens());
        assertThat(sharp.confidence()[0]).isEqualTo(sharp.probability()[0]);
        assertThat(flat.probability()).isEqualTo(sharp.probability());
        assertThat(flat.confidence()[0]).isCloseTo(LOGITS[flat.tokens()[0]] == LOGITS[0] ? 0.5 : 0.3, within(1e-12));
    }

    private static SamplerSettings settings(Confidence confidence) {
        return new SamplerSettings(
                1, 1, new UnmaskingPolicy.StaticLowConfidence(), 0.5, 2, 1, 1, confidence, FullSettings.DEFAULT);
    }

    private static BlockDraws draws(SamplerSettings settings) {
        TokenDraw draw = TokenDraw.of(new CounterRandom(1, "g", 0));
        return BlockDraws.of(
                new double[][] {LOGITS}, new boolean[] {true}, new BlockDraws.Place(0, 0, 0), settings, MASK, draw);
    }

    @Test
    void thresholdsThatNoConfidenceReachesAreRefused() {
        // Given
        UnmaskingPolicy policy = new UnmaskingPolicy.ThresholdOrBest(0.9);
        Confidence entropy = new Confidence(Confidence.Rule.NEGATIVE_ENTROPY, false);

        // When
        // Then
        assertThatThrownBy(() -> new SamplerSettings(4, 4, policy, 1, 0, 1, 4, entropy, FullSettings.DEFAULT))
                .hasMessage("threshold is 0.9, but confidence NEGATIVE_ENTROPY is at most 0.0");
        assertThatThrownBy(() -> new SamplerSettings(4, 4, new UnmaskingPolicy.ThresholdOrBest(90), 1, 0, 1, 4))
                .hasMessage("threshold is 90.0, but confidence PROBABILITY is at most 1.0");
    }
}
