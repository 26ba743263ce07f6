package dev.tracerl.core.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenDistributionTest {

    private static final int MASK = 4;
    private static final double[] LOGITS = {Math.log(1), Math.log(2), Math.log(4), Math.log(1), Math.log(100)};

    @Test
    void maskIsNeverDrawnHoweverLikely() {
        // When
        TokenDistribution distribution = distribution(1, 0, 1);

        // Then
        assertThat(distribution.probability(MASK)).isZero();
        assertThat(distribution.probability(2)).isCloseTo(0.5, within(1e-12));
        assertThat(IntStream.range(0, 1000).map(i -> distribution.draw(i / 1000.0)))
                .doesNotContain(MASK);
    }

    @Test
    void tokenAtAQuantileIsTakenInOrderOfId() {
        // Given
        TokenDistribution distribution = distribution(1, 0, 1); // 1/8, 2/8, 4/8, 1/8

        // When
        int[] drawn = {
            distribution.draw(0.1), distribution.draw(0.2), distribution.draw(0.5), distribution.draw(0.99999999)
        };

        // Then
        assertThat(drawn).containsExactly(0, 1, 2, 3);
    }

    @Test
    void temperatureSharpensTheDistribution() {
        // When
        TokenDistribution distribution = distribution(0.5, 0, 1);

        // Then
        assertThat(distribution.probability(2)).isCloseTo(16.0 / 22, within(1e-12));
    }

    @Test
    void topKKeepsTheLikeliestAndBreaksTiesToTheSmallerId() {
        // When
        TokenDistribution distribution = distribution(1, 3, 1);

        // Then
        assertThat(distribution.probability(0)).isCloseTo(1.0 / 7, within(1e-12));
        assertThat(distribution.probability(3)).isZero();
    }

    @Test
    void topPKeepsTheShortestRunThatReachesTheMassAndRenormalizes() {
        // When
        TokenDistribution distribution = distribution(1, 0, 0.7);

        // Then
        assertThat(distribution.probability(2)).isCloseTo(4.0 / 6, within(1e-12));
        assertThat(distribution.probability(1)).isCloseTo(2.0 / 6, within(1e-12));
        assertThat(distribution.probability(0)).isZero();
    }

    @Test
    void greedyTakesTheModeAndReportsThePlainDistribution() {
        // When
        TokenDistribution distribution = distribution(0, 1, 0.1);

        // Then
        assertThat(distribution.draw(0.01)).isEqualTo(2);
        assertThat(distribution.probability(2)).isCloseTo(0.5, within(1e-12));
        assertThat(distribution.entropy()).isCloseTo(1.75 * Math.log(2), within(1e-12));
    }

    private static TokenDistribution distribution(double temperature, int topK, double topP) {
        SamplerSettings settings =
                new SamplerSettings(4, 4, new UnmaskingPolicy.Sequential(), temperature, topK, topP, 8);
        return TokenDistribution.of(LOGITS, MASK, settings);
    }
}
