package dev.tracerl.core.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BlockSamplerTest {

    private static final int MASK = 7;
    private static final int VOCABULARY = 8;

    @Test
    void oneSeedGivesOneResponse() {
        // Given
        BlockSampler sampler = sampler(4, 4, new UnmaskingPolicy.DynamicLowConfidence(0.3));

        // When
        SampledResponse first = sampler.sample(hashed(), new int[] {1, 2}, new CounterRandom(1, "g", 0));
        SampledResponse again = sampler.sample(hashed(), new int[] {1, 2}, new CounterRandom(1, "g", 0));
        SampledResponse other = sampler.sample(hashed(), new int[] {1, 2}, new CounterRandom(1, "g", 1));

        // Then
        assertThat(first).usingRecursiveComparison().isEqualTo(again);
        assertThat(first.tokens()).isNotEqualTo(other.tokens());
    }

    @Test
    void wholeLastBlockIsRecorded() {
        // Given
        BlockSampler sampler = sampler(4, 4, new UnmaskingPolicy.StaticLowConfidence());

        // When
        SampledResponse response = sampler.sample(hashed(), new int[] {1, 2, 3}, new CounterRandom(1, "g", 0));

        // Then
        assertThat(response.tokens()).hasSize(13).doesNotContain(MASK);
        assertThat(response.stepMap()).hasSize(13);
        assertThat(response.keptTokens()).isEqualTo(10);
        assertThat(response.stopReason()).isEqualTo(StopReason.LENGTH);
        assertThat(response.blockVersions()).hasSize(4);
    }

    @Test
    void stepsRiseFromBlockToBlockAndCountDenoisingForwardsOnly() {
        // Given
        BlockSampler sampler = sampler(4, 2, new UnmaskingPolicy.StaticLowConfidence());

        // When
        SampledResponse response = sampler.sample(hashed(), new int[] {1, 2, 3, 4}, new CounterRandom(1, "g", 0));

        // Then
        for (int block = 0; block < 3; block++) {
            int[] steps = Arrays.copyOfRange(response.stepMap(), 4 * block, 4 * block + 4);
            assertThat(steps).containsOnly(2 * block + 1, 2 * block + 2);
        }
        assertThat(response.forwards()).isEqualTo(3 * (2 + 1));
    }

    @Test
    void blockIsCompleteAfterItsStepsEvenIfThePolicyIsSlower() {
        // Given
        BlockSampler sampler = sampler(4, 2, new UnmaskingPolicy.EntropyBounded(1e-9));

        // When
        SampledResponse response = sampler.sample(hashed(), new int[] {1, 2, 3, 4}, new CounterRandom(1, "g", 0));

        // Then
        assertThat(response.tokens()).hasSize(12).doesNotContain(MASK);
        assertThat(Arrays.copyOf(response.stepMap(), 4)).containsOnly(1, 2);
    }

    @Test
    void promptTokensAreNeverOverwrittenEvenIfTheyEqualTheMask() {
        // Given
        BlockSampler sampler = sampler(4, 1, new UnmaskingPolicy.StaticLowConfidence());
        int[] prompt = {1, MASK};
        LogitsSource network = (tokens, blockStart) -> {
            assertThat(Arrays.copyOf(tokens, 2)).isEqualTo(prompt);
            return hashed().logits(tokens, blockStart);
        };

        // When
        SampledResponse response = sampler.sample(network, prompt, new CounterRandom(1, "g", 0));

        // Then
        assertThat(response.tokens()).hasSize(10);
    }

    @Test
    void versionIsAskedOncePerBlock() {
        // Given
        AtomicLong version = new AtomicLong(5);
        LogitsSource network = new LogitsSource() {
            @Override
            public double[][] logits(int[] tokens, int blockStart) {
                return hashed().logits(tokens, blockStart);
            }

            @Override
            public long version() {
                return version.getAndIncrement();
            }
        };

        // When
        SampledResponse response = sampler(4, 4, new UnmaskingPolicy.Sequential())
                .sample(network, new int[] {1, 2, 3}, new CounterRandom(1, "g", 0));

        // Then
        assertThat(response.blockVersions()).containsExactly(5, 6, 7, 8);
        assertThat(response.oldestVersion()).isEqualTo(5);
    }

    @Test
    void logProbabilitiesAreThoseAtTheUnmaskingStep() {
        // Given
        BlockSampler sampler = sampler(4, 4, new UnmaskingPolicy.Sequential());

        // When
        SampledResponse response = sampler.sample(uniform(), new int[] {}, new CounterRandom(1, "g", 0));

        // Then
        float expected = (float) Math.log(1.0 / (VOCABULARY - 1));
        assertThat(response.logProbs()).containsExactly(repeat(expected, response.tokens().length), within(1e-6f));
    }

    @Test
    void drawsFollowTheDistribution() {
        // Given
        BlockSampler sampler = sampler(4, 4, new UnmaskingPolicy.Sequential());
        int[] counts = new int[VOCABULARY];

        // When
        for (int sample = 0; sample < 1000; sample++) {
            SampledResponse response = sampler.sample(uniform(), new int[] {}, new CounterRandom(1, "g", sample));
            IntStream.of(response.tokens()).forEach(token -> counts[token]++);
        }

        // Then: 12000 draws over 7 tokens, standard deviation 38
        assertThat(Arrays.stream(counts).limit(MASK)).allMatch(n -> Math.abs(n - 12000 / 7.0) < 4 * 38);
    }

    @Test
    void inconsistentResponsesAreRefused() {
        // When
        // Then
        assertThatThrownBy(() ->
                        new SampledResponse(new int[2], new int[1], new float[2], new long[1], 1, 1, StopReason.LENGTH))
                .hasMessage("lengths differ: tokens 2, stepMap 1, logProbs 2");
        assertThatThrownBy(() ->
                        new SampledResponse(new int[2], new int[2], new float[2], new long[1], 3, 1, StopReason.LENGTH))
                .hasMessage("keptTokens is 3, must be in [0, 2]");
        assertThatThrownBy(() ->
                        new SampledResponse(new int[2], new int[2], new float[2], new long[0], 1, 1, StopReason.LENGTH))
                .hasMessage("blockVersions is empty, must have one entry per block");
    }

    private static BlockSampler sampler(int blockSize, int steps, UnmaskingPolicy policy) {
        return new BlockSampler(new SamplerSettings(blockSize, steps, policy, 1, 0, 1, 10), MASK, Set.of());
    }

    /** Scores that depend on the whole sequence; the mask is the likeliest token. */
    private static LogitsSource hashed() {
        return (tokens, blockStart) -> {
            double[][] logits = new double[tokens.length - blockStart][VOCABULARY];
            for (int i = 0; i < logits.length; i++) {
                for (int v = 0; v < VOCABULARY; v++) {
                    logits[i][v] = v == MASK ? 50 : 2 * Math.sin(Arrays.hashCode(tokens) % 1000 + 3.1 * i + 1.7 * v);
                }
            }
            return logits;
        };
    }

    private static LogitsSource uniform() {
        return (tokens, blockStart) -> new double[tokens.length - blockStart][VOCABULARY];
    }

    private static float[] repeat(float value, int length) {
        float[] values = new float[length];
        Arrays.fill(values, value);
        return values;
    }
}
