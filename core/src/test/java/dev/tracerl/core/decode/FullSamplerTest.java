package dev.tracerl.core.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FullSamplerTest {

    private static final int VOCABULARY = 9;
    private static final int MASK = 8;
    private static final int PAD = 7;
    private static final int END = 6;
    private static final SpecialTokens SPECIAL = new SpecialTokens(MASK, PAD, Set.of(END));
    private static final int[] PROMPT = {1, 2, 3};
    private static final UnmaskingPolicy STATIC = new UnmaskingPolicy.StaticLowConfidence();

    /** A case of the property tests. */
    record Case(SamplerSettings settings, boolean shifted, long seed) {

        SampledResponse sample(FullLogitsSource network) {
            return new FullSampler(settings, SPECIAL, shifted)
                    .sample(network, PROMPT, new CounterRandom(seed, "group", 3));
        }
    }

    static Stream<Case> cases() {
        SplittableRandom random = new SplittableRandom(11);
        return IntStream.range(0, 120).mapToObj(i -> new Case(settings(random), random.nextBoolean(), i));
    }

    private static SamplerSettings settings(SplittableRandom random) {
        int block = random.nextInt(1, 6);
        Confidence confidence = new Confidence(pick(random, Confidence.Rule.values()), random.nextBoolean());
        double threshold = confidence.rule() == Confidence.Rule.NEGATIVE_ENTROPY ? -1 : 0.4;
        List<UnmaskingPolicy> policies = List.of(
                STATIC,
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

    private static FullLogitsSource network(long seed) {
        return new ToyFullNetwork(VOCABULARY, 0.7, seed);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void responseIsWholeAndItsStepsRiseFromBlockToBlock(Case example) {
        // Given
        int block = example.settings().blockSize();

        // When
        SampledResponse response = example.sample(network(example.seed()));

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
    void withoutACacheLogProbabilitiesAreThoseOfTheMaskedSequence(Case example) {
        // Given
        SamplerSettings exact = with(
                example.settings(),
                new FullSettings(false, null, example.settings().full().earlyStop()));
        FullLogitsSource network = network(example.seed());

        // When
        SampledResponse response = new Case(exact, example.shifted(), example.seed()).sample(network);

        // Then
        for (int step = 1; step <= response.forwards(); step++) {
            int[] sequence = masked(response, step);
            double[][] rows = network.logits(sequence, 0, new int[0]);
            for (int i = 0; i < response.tokens().length; i++) {
                if (response.stepMap()[i] == step) {
                    int row = PROMPT.length + i - (example.shifted() ? 1 : 0);
                    double p = TokenDistribution.of(rows[row], MASK, exact).probability(response.tokens()[i]);
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

    private static SamplerSettings with(SamplerSettings s, FullSettings full) {
        return new SamplerSettings(
                s.blockSize(),
                s.stepsPerBlock(),
                s.policy(),
                s.temperature(),
                s.topK(),
                s.topP(),
                s.maxTokens(),
                s.confidence(),
                full);
    }

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
        Case exact = new Case(settings(4, 4, STATIC, 12, FullSettings.DEFAULT), false, 5);
        Case stale = new Case(settings(4, 4, STATIC, 12, cached(null)), false, 5);

        // When
        SampledResponse whole = exact.sample(network(5));
        SampledResponse cached = stale.sample(network(5));

        // Then
        assertThat(cached.logProbs()).isNotEqualTo(whole.logProbs());
        int first = IntStream.range(0, 4)
                .filter(i -> whole.stepMap()[i] == 1)
                .findFirst()
                .orElseThrow();
        assertThat(cached.logProbs()[first]).isEqualTo(whole.logProbs()[first]);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aCacheChangesNothingForANetworkWithoutContext(Case example) {
        // Given
        FullLogitsSource network = (window, start, cached) -> IntStream.range(start, start + window.length)
                .mapToObj(position -> new SplittableRandom(example.seed() + position)
                        .doubles(VOCABULARY, -2, 2)
                        .toArray())
                .toArray(double[][]::new);
        EarlyStop stop = example.settings().full().earlyStop();

        // When
        SampledResponse exact = new Case(
                        with(example.settings(), new FullSettings(false, null, stop)), example.shifted(), 1)
                .sample(network);
        SampledResponse cached = new Case(
                        with(example.settings(), new FullSettings(true, 1, stop)), example.shifted(), 1)
                .sample(network);

        // Then
        assertThat(cached).usingRecursiveComparison().isEqualTo(exact);
    }

    @Test
    void windowsReachFromTheBlockToTheHorizonAndSeeTheSequenceOfTheFirstStep() {
        // Given
        List<String> calls = new ArrayList<>();
        FullLogitsSource network = (window, start, cached) -> {
            long masks = Arrays.stream(cached).filter(token -> token == MASK).count();
            calls.add(
                    start + "+" + window.length + (start == 0 ? "" : " after " + masks + " masks of " + cached.length));
            return network(1).logits(window, start, cached);
        };

        // When
        new Case(settings(4, 2, STATIC, 12, cached(3)), false, 1).sample(network);

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
        SampledResponse response = new Case(settings(3, 3, policy, 6, cached(0)), true, 1).sample(network);

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
        SampledResponse response = new Case(settings, false, 1).sample(network);

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
        SamplerSettings early = with(whole, new FullSettings(false, null, EarlyStop.END_OF_TEXT));

        // When
        SampledResponse complete = new Case(whole, false, 1).sample(network);
        SampledResponse stopped = new Case(early, false, 1).sample(network);

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
                new Case(settings(2, 2, STATIC, 4, FullSettings.DEFAULT), false, 1).sample(certain(1, PAD, 2, 3));

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
                return network(1).logits(window, start, cached);
            }

            @Override
            public long version() {
                return version.getAndIncrement();
            }
        };

        // When
        SampledResponse response = new Case(settings(4, 4, STATIC, 12, cached(null)), true, 1).sample(network);

        // Then
        assertThat(response.blockVersions()).containsExactly(5, 6, 7);
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        // When
        // Then
        assertThatThrownBy(() -> new FullSampler(settings(4, 4, STATIC, 10, FullSettings.DEFAULT), SPECIAL, false))
                .hasMessage("maxTokens is 10, must be a multiple of blockSize, which is 4, for a full-attention model");
        assertThatThrownBy(() -> new FullSampler(settings(4, 1, STATIC, 8, FullSettings.DEFAULT), SPECIAL, true))
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
