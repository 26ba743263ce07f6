package dev.tracerl.core.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tracerl.core.decode.BlockSampler;
import dev.tracerl.core.decode.CounterRandom;
import dev.tracerl.core.decode.LogitsSource;
import dev.tracerl.core.decode.SampledResponse;
import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.core.decode.UnmaskingPolicy;
import dev.tracerl.core.loss.LogSoftmax;
import dev.tracerl.core.loss.LossNormalization;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sampling and packing together, with a network whose scores depend on every visible (token, position): what the sampler
 * recorded is what the packed example gives.
 */
class RecordedLogProbsTest {

    private static final int VOCABULARY = 9;
    private static final int MASK = 8;
    private static final int END = 0;
    private static final double TEMPERATURE = 0.8;

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void recordedLogProbabilitiesEqualThoseOfThePackedExample(int seed) {
        // Given
        int blockSize = 1 + seed % 5;
        int[] prompt = new SplittableRandom(seed).ints(seed % 7, 1, MASK).toArray();
        SamplerSettings settings = new SamplerSettings(
                blockSize, blockSize, new UnmaskingPolicy.DynamicLowConfidence(0.3), TEMPERATURE, 0, 1, 12);
        SampledResponse sampled = new BlockSampler(settings, MASK, Set.of(END))
                .sample(network(), prompt, new CounterRandom(seed, "g", 0));

        // When
        PackedExample packed = TracePacker.pack(
                new TracedResponse(
                        prompt,
                        sampled.tokens(),
                        sampled.keptTokens(),
                        sampled.stepMap(),
                        sampled.logProbs(),
                        new float[sampled.tokens().length]),
                new PackSettings(blockSize, 1, MASK, LossNormalization.TARGETS, 12));

        // Then
        assertThat(packed.targets()).hasSize(sampled.keptTokens());
        for (int t = 0; t < packed.targets().length; t++) {
            double[] logits = scores(packed, packed.targets()[t]);
            assertThat(LogSoftmax.logProb(logits, packed.labels()[t])).isCloseTo(packed.oldLogProbs()[t], within(1e-5));
        }
    }

    private static LogitsSource network() {
        return (tokens, blockStart) -> IntStream.range(blockStart, tokens.length)
                .mapToObj(position -> {
                    double seen = IntStream.range(0, tokens.length)
                            .mapToDouble(j -> feature(tokens[j], j))
                            .sum();
                    return scores(tokens[position], position, seen, 1);
                })
                .toArray(double[][]::new);
    }

    private static double[] scores(PackedExample packed, int row) {
        double seen = IntStream.range(0, packed.rows())
                .filter(j -> packed.sees(row, j))
                .mapToDouble(j -> feature(packed.tokens()[j], packed.positions()[j]))
                .sum();
        return scores(packed.tokens()[row], packed.positions()[row], seen, TEMPERATURE);
    }

    private static double feature(int token, int position) {
        return Math.sin(12.9898 * token + 78.233 * position + 1);
    }

    /** The mask's score is minus infinity, in sampling and in training. */
    private static double[] scores(int token, int position, double seen, double temperature) {
        return IntStream.range(0, VOCABULARY)
                .mapToDouble(v -> v == MASK
                        ? Double.NEGATIVE_INFINITY
                        : 2 * Math.sin(seen * (v + 1) + 0.7 * token + 0.3 * position) / temperature)
                .toArray();
    }
}
