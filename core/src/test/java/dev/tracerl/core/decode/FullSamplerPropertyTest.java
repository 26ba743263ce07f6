package dev.tracerl.core.decode;

import static dev.tracerl.core.decode.FullCase.MASK;
import static dev.tracerl.core.decode.FullCase.PROMPT;
import static dev.tracerl.core.decode.FullCase.VOCABULARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for full-attention samplers under any settings. */
class FullSamplerPropertyTest {

    static Stream<FullCase> cases() {
        SplittableRandom random = new SplittableRandom(11);
        return IntStream.range(0, 120).mapToObj(i -> new FullCase(settings(random), random.nextBoolean(), i));
    }

    private static SamplerSettings settings(SplittableRandom random) {
        int block = random.nextInt(1, 6);
        Confidence confidence = new Confidence(pick(random, Confidence.Rule.values()), random.nextBoolean());
        double threshold = confidence.rule() == Confidence.Rule.NEGATIVE_ENTROPY ? -1 : 0.4;
        List<UnmaskingPolicy> policies = List.of(
                new UnmaskingPolicy.StaticLowConfidence(),
                new UnmaskingPolicy.Sequential(),
                new UnmaskingPolicy.ThresholdOrBest(threshold),
                new UnmaskingPolicy.EntropyBounded(1));
        boolean cache = random.nextBoolean();
        return new SamplerSettings(
                block,
                random.nextInt(2, block + 3),
                policies.get(random.nextInt(policies.size())),
                random.nextInt(4) == 0 ? 0 : random.nextDouble(0.4, 1.4),
                random.nextInt(2) * 4,
                random.nextBoolean() ? 1 : 0.8,
                block * random.nextInt(1, 5),
                confidence,
                new FullSettings(
                        cache,
                        cache && random.nextBoolean() ? random.nextInt(0, 9) : null,
                        pick(random, EarlyStop.values())));
    }

    @SafeVarargs
    private static <T> T pick(SplittableRandom random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    @ParameterizedTest
    @MethodSource("cases")
    void responseIsWholeAndItsStepsRiseFromBlockToBlock(FullCase example) {
        // Given
        int block = example.settings().blockSize();

        // When
        SampledResponse response = example.sample(FullCase.network(example.seed()));

        // Then
        assertThat(response.tokens()).hasSize(example.settings().maxTokens()).doesNotContain(MASK);
        assertThat(response.blockVersions()).hasSize(response.tokens().length / block);
        int last = 0;
        for (int from = 0; from < response.tokens().length; from += block) {
            int[] steps = Arrays.copyOfRange(response.stepMap(), from, from + block);
            int[] distinct = Arrays.stream(steps).distinct().sorted().toArray();
            // Blocks that an early stop left out share one step.
            boolean padding = steps[0] > response.forwards();
            assertThat(distinct).hasSizeBetween(1, example.settings().stepsPerBlock());
            assertThat(distinct)
                    .isEqualTo(
                            padding
                                    ? new int[] {response.forwards() + 1}
                                    : IntStream.rangeClosed(last + 1, last + distinct.length)
                                            .toArray());
            last = distinct[distinct.length - 1];
        }
        assertThat(last).isBetween(response.forwards(), response.forwards() + 1);
    }

    /** What a trainer computes: every step sees what earlier steps revealed, and masks. */
    @ParameterizedTest
    @MethodSource("cases")
    void withoutACacheLogProbabilitiesAreThoseOfTheMaskedSequence(FullCase example) {
        // Given
        EarlyStop stop = example.settings().full().earlyStop();
        FullCase exact = example.with(new FullSettings(false, null, stop));
        FullLogitsSource network = FullCase.network(example.seed());

        // When
        SampledResponse response = exact.sample(network);

        // Then
        for (int step = 1; step <= response.forwards(); step++) {
            int[] sequence = masked(response, step);
            double[][] rows = network.logits(sequence, 0, new int[0]);
            for (int i = 0; i < response.tokens().length; i++) {
                if (response.stepMap()[i] == step) {
                    int row = PROMPT.length + i - (example.shifted() ? 1 : 0);
                    double p = TokenDistribution.of(rows[row], MASK, exact.settings())
                            .probability(response.tokens()[i]);
                    assertThat(response.logProbs()[i]).isCloseTo((float) Math.log(p), within(1e-5f));
                }
            }
        }
    }

    private static int[] masked(SampledResponse response, int step) {
        int[] sequence = Arrays.copyOf(PROMPT, PROMPT.length + response.tokens().length);
        for (int i = 0; i < response.tokens().length; i++) {
            sequence[PROMPT.length + i] = response.stepMap()[i] < step ? response.tokens()[i] : MASK;
        }
        return sequence;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aCacheChangesNothingForANetworkWithoutContext(FullCase example) {
        // Given
        FullLogitsSource network = (window, start, cached) -> IntStream.range(start, start + window.length)
                .mapToObj(position -> new SplittableRandom(example.seed() + position)
                        .doubles(VOCABULARY, -2, 2)
                        .toArray())
                .toArray(double[][]::new);
        EarlyStop stop = example.settings().full().earlyStop();

        // When
        SampledResponse exact =
                example.with(new FullSettings(false, null, stop)).sample(network);
        SampledResponse cached = example.with(new FullSettings(true, 1, stop)).sample(network);

        // Then
        assertThat(cached).usingRecursiveComparison().isEqualTo(exact);
    }
}
