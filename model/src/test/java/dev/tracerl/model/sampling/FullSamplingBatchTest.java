package dev.tracerl.model.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tracerl.core.decode.Confidence;
import dev.tracerl.core.decode.CounterRandom;
import dev.tracerl.core.decode.EarlyStop;
import dev.tracerl.core.decode.FullSampler;
import dev.tracerl.core.decode.FullSettings;
import dev.tracerl.core.decode.SampledResponse;
import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.core.decode.SpecialTokens;
import dev.tracerl.core.decode.UnmaskingPolicy;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Models;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.network.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FullSamplingBatchTest {
    private static final Set<Integer> END = Set.of(0, 5);
    private static final UnmaskingPolicy STATIC = new UnmaskingPolicy.StaticLowConfidence();
    private static final Confidence MARGIN = new Confidence(Confidence.Rule.MARGIN, true);
    private static final Confidence RANDOM = new Confidence(Confidence.Rule.RANDOM, false);
    private static final Confidence ENTROPY = new Confidence(Confidence.Rule.NEGATIVE_ENTROPY, false);
    private static Network network;

    /** What differs between the models and settings under test. */
    record Case(SamplerSettings settings, ModelConfig config) {

        Parameters weights() {
            return Models.strong(config, 7);
        }

        /** Adds a part of the requests before each of the first rounds, so that sequences differ in progress. */
        List<FinishedSample> sample(List<SampleRequest> requests, int parts) {
            List<FinishedSample> finished = new ArrayList<>();
            Parameters weights = weights();
            try (Sampler batch = new FullSamplingBatch(network, config, settings, END)) {
                for (int part = 0; part < parts || batch.active() > 0; part++) {
                    if (part < parts) {
                        int size = requests.size();
                        batch.add(requests.subList(size * part / parts, size * (part + 1) / parts));
                    }
                    finished.addAll(batch.advance(weights, part < 2 ? 4 : 6));
                }
            }
            return finished;
        }

        SampledResponse plain(SampleRequest request) {
            SpecialTokens special = new SpecialTokens(config.maskTokenId(), config.padTokenId(), END);
            return new FullSampler(settings, special, config.shiftedLogits())
                    .sample(
                            new PlainFullNetwork(weights()),
                            request.prompt(),
                            new CounterRandom(request.seed(), request.groupKey(), request.sample()));
        }
    }

    @BeforeAll
    static void open() {
        network = Network.open("cpu");
    }

    @AfterAll
    static void close() {
        network.close();
    }

    static Stream<Case> cases() {
        UnmaskingPolicy threshold = new UnmaskingPolicy.ThresholdOrBest(0.3);
        return Stream.of(
                        settings(4, 4, STATIC, 0.9, Confidence.DEFAULT, FullSettings.DEFAULT),
                        settings(4, 3, threshold, 0.9, Confidence.DEFAULT, cached(null, EarlyStop.NEVER)),
                        settings(4, 4, threshold, 0.6, MARGIN, cached(3, EarlyStop.END_OF_TEXT)),
                        settings(3, 2, STATIC, 0.8, RANDOM, cached(0, EarlyStop.PAD_BLOCK)),
                        settings(2, 2, new UnmaskingPolicy.EntropyBounded(2), 1, MARGIN, cached(5, EarlyStop.NEVER)),
                        settings(1, 1, STATIC, 0.7, ENTROPY, cached(2, EarlyStop.PAD_BLOCK)),
                        settings(6, 5, STATIC, 0, ENTROPY, cached(null, EarlyStop.END_OF_TEXT)),
                        settings(4, 3, STATIC, 0.9, Confidence.DEFAULT, ranked(0.3, 1)),
                        settings(4, 4, STATIC, 0.7, MARGIN, ranked(0, 4)))
                .flatMap(settings -> Stream.of("llada", "Dream").map(type -> new Case(settings, Models.family(type))));
    }

    private static SamplerSettings settings(
            int block,
            int steps,
            UnmaskingPolicy policy,
            double temperature,
            Confidence confidence,
            FullSettings full) {
        return new SamplerSettings(block, steps, policy, temperature, 15, 0.95, 12, confidence, full);
    }

    private static FullSettings cached(@Nullable Integer horizon, EarlyStop stop) {
        return new FullSettings(true, horizon, stop);
    }

    private static FullSettings ranked(double temperature, double padPenalty) {
        return new FullSettings(false, null, EarlyStop.NEVER, temperature, padPenalty);
    }

    private static List<SampleRequest> requests(int groups, int samples) {
        List<SampleRequest> requests = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(4);
        for (int group = 0; group < groups; group++) {
            int[] prompt = random.ints(random.nextInt(1, 14), 0, 22).toArray();
            for (int sample = 0; sample < samples; sample++) {
                requests.add(new SampleRequest("g" + group, sample, prompt, 99));
            }
        }
        return requests;
    }

    private static Map<SampleRequest, SampledResponse> byRequest(List<FinishedSample> finished) {
        return finished.stream().collect(Collectors.toMap(FinishedSample::request, FinishedSample::response));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void batchSamplesWhatThePlainSamplerSamples(Case example) {
        // Given
        List<SampleRequest> requests = requests(3, 2);

        // When
        Map<SampleRequest, SampledResponse> batch = byRequest(example.sample(requests, 3));

        // Then
        assertThat(batch).hasSize(requests.size());
        for (SampleRequest request : requests) {
            assertThat(batch.get(request))
                    .usingRecursiveComparison()
                    .ignoringFields("blockVersions")
                    .withComparatorForType((a, b) -> Math.abs(a - b) < 1e-4 ? 0 : Float.compare(a, b), Float.class)
                    .isEqualTo(example.plain(request));
        }
    }

    /** When sequences finish a block at different steps, the cache of the longer prefix outlives its owner's turn. */
    @ParameterizedTest
    @ValueSource(strings = {"llada", "Dream"})
    void theOnlyWindowLeftSeesWhatIsCachedBeforeItAlone(String type) {
        UnmaskingPolicy some = new UnmaskingPolicy.ThresholdOrBest(0.15);
        FullSettings full = cached(null, EarlyStop.NEVER);
        Case example = new Case(settings(4, 4, some, 0.9, Confidence.DEFAULT, full), Models.family(type));
        for (long seed = 1; seed <= 8; seed++) {
            SampleRequest shorter = new SampleRequest("a", 0, new int[] {1, 2, 3}, seed);
            SampleRequest longer = new SampleRequest("b", 0, new int[] {4, 3, 2, 1, 9, 8, 7, 6, 2, 4, 6}, seed);

            byRequest(example.sample(List.of(shorter, longer), 1))
                    .forEach((request, response) -> assertThat(response.tokens())
                            .isEqualTo(example.plain(request).tokens()));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void responseDoesNotDependOnTheRestOfTheBatch(Case example) {
        // Given
        List<SampleRequest> requests = requests(6, 3);

        // When
        Map<SampleRequest, SampledResponse> mixed = byRequest(example.sample(requests, 3));

        // Then
        for (SampleRequest request : requests) {
            assertThat(mixed.get(request))
                    .usingRecursiveComparison()
                    .ignoringFields("blockVersions")
                    .withComparatorForType((a, b) -> Math.abs(a - b) < 1e-5 ? 0 : Float.compare(a, b), Float.class)
                    .isEqualTo(example.sample(List.of(request), 1).get(0).response());
        }
    }

    @Test
    void aGroupByItselfIsSampledBitForBitTheSame() {
        // Given
        Case example = cases().skip(2).findFirst().orElseThrow();

        // When
        List<FinishedSample> first = example.sample(requests(1, 5), 1);
        List<FinishedSample> second = example.sample(requests(1, 5), 1);

        // Then
        assertThat(byRequestIndex(first)).usingRecursiveComparison().isEqualTo(byRequestIndex(second));
    }

    private static Map<Integer, SampledResponse> byRequestIndex(List<FinishedSample> finished) {
        return finished.stream()
                .collect(Collectors.toMap(sample -> sample.request().sample(), FinishedSample::response));
    }

    @Test
    void everyBlockRecordsTheVersionThatMadeItAndAStopRepeatsTheLast() {
        // Given: with every token an end of text, the first block is the last
        Case example = cases().findFirst().orElseThrow();
        SamplerSettings stopping = settings(4, 4, STATIC, 1, Confidence.DEFAULT, cached(null, EarlyStop.END_OF_TEXT));
        Set<Integer> anything = Set.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21);

        // When
        FinishedSample whole = example.sample(requests(1, 1), 1).get(0);
        FinishedSample stopped;
        try (Sampler batch = new FullSamplingBatch(network, example.config(), stopping, anything)) {
            batch.add(requests(1, 1));
            stopped = batch.advance(example.weights(), 9).get(0);
        }

        // Then
        int pad = example.config().padTokenId();
        assertThat(whole.response().blockVersions()).containsExactly(4, 4, 6);
        assertThat(stopped.response().blockVersions()).containsExactly(9, 9, 9);
        assertThat(stopped.response().keptTokens()).isEqualTo(1);
        assertThat(stopped.response().tokens()).hasSize(12).endsWith(pad, pad, pad, pad, pad, pad, pad, pad);
        assertThat(stopped.response().stepMap()).endsWith(5, 5, 5, 5, 5, 5, 5, 5);
        assertThat(stopped.response().forwards()).isEqualTo(4);
    }

    @Test
    void matrixProductsMayBeInBfloat16() {
        // Given
        Case example = cases().skip(3).findFirst().orElseThrow();
        List<FinishedSample> finished = new ArrayList<>();

        // When
        try (Sampler batch = Samplers.open(network, example.config(), example.settings(), Precision.BF16)) {
            batch.add(requests(2, 2));
            while (batch.active() > 0) {
                finished.addAll(batch.advance(example.weights(), 0));
            }
        }

        // Then
        SampledResponse exact = example.sample(requests(2, 2), 1).get(0).response();
        assertThat(finished)
                .hasSize(4)
                .allSatisfy(sample ->
                        assertThat(sample.response().logProbs()).hasSize(12).isNotEqualTo(exact.logProbs()));
        assertThat(finished.get(0).response().logProbs()[0]).isCloseTo(exact.logProbs()[0], within(0.1f));
    }

    @Test
    void cachesEndWithTheirBlock() {
        // Given
        Case example = cases().skip(2).findFirst().orElseThrow();
        Parameters weights = example.weights();
        int before = network.keptTensors();

        // When
        int after;
        try (Sampler batch = new FullSamplingBatch(network, example.config(), example.settings(), END)) {
            batch.add(requests(4, 2));
            batch.advance(weights, 0);
            int first = network.keptTensors();
            batch.advance(weights, 0);
            after = network.keptTensors() - first;
        }

        // Then
        assertThat(after).isZero();
        assertThat(network.keptTensors()).isEqualTo(before);
    }

    @Test
    void impossibleRequestsAndSettingsAreRefused() {
        // Given
        ModelConfig config = Models.family("llada");
        SamplerSettings settings = new SamplerSettings(4, 4, STATIC, 1, 0, 1, 56);
        SamplerSettings uneven = new SamplerSettings(4, 4, STATIC, 1, 0, 1, 10);
        try (Sampler batch = new FullSamplingBatch(network, config, settings, END)) {

            // When / Then
            assertThatThrownBy(() -> batch.add(List.of(new SampleRequest("g", 2, new int[9], 1))))
                    .hasMessage("request g/2 may need 65 positions; the model has 64");
            assertThatThrownBy(() -> batch.add(List.of(new SampleRequest("g", 2, new int[] {1, 23}, 1))))
                    .hasMessage("request g/2: prompt token 23 is not in 0..22");
            assertThat(batch.active()).isZero();
        }
        assertThatThrownBy(() -> new FullSamplingBatch(network, config, uneven, END))
                .hasMessage("maxTokens is 10, must be a multiple of blockSize, which is 4, for a full-attention model");
    }
}
