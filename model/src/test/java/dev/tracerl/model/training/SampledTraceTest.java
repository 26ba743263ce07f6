package dev.tracerl.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.core.decode.Confidence;
import dev.tracerl.core.decode.EarlyStop;
import dev.tracerl.core.decode.FullSettings;
import dev.tracerl.core.decode.SampledResponse;
import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.core.decode.UnmaskingPolicy;
import dev.tracerl.core.pack.Layout;
import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.core.pack.TracePacker;
import dev.tracerl.core.pack.TracedResponse;
import dev.tracerl.model.network.Attention;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Models;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.network.Precision;
import dev.tracerl.model.sampling.FinishedSample;
import dev.tracerl.model.sampling.SampleRequest;
import dev.tracerl.model.sampling.Sampler;
import dev.tracerl.model.sampling.Samplers;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the sampler records is what the trainer computes: the cache, the packing and the temperature agree. */
class SampledTraceTest {
    private static Network network;

    @BeforeAll
    static void open() {
        network = Network.open("cpu");
    }

    @AfterAll
    static void close() {
        network.close();
    }

    static Stream<Arguments> models() {
        return Stream.concat(Models.shapes(), Stream.of("llada", "Dream").map(Models::family))
                .flatMap(config -> Stream.of(1.0, 0.6).map(temperature -> Arguments.of(config, temperature)));
    }

    @ParameterizedTest
    @MethodSource("models")
    void recordedLogProbsAreTheRecomputedOnes(ModelConfig config, double temperature) {
        // Given
        Parameters weights = Models.strong(config, 13);
        List<PackedExample> examples = sample(config, weights, temperature, Precision.F32).stream()
                .map(sample -> pack(config, sample))
                .toList();

        // When
        float[][] recomputed;
        try (PolicyTrainer trainer = new PolicyTrainer(network, config, weights, OptimizerSettings.published())) {
            recomputed = trainer.logProbs(examples, temperature);
        }

        // Then (measured: 4e-6)
        for (int i = 0; i < recomputed.length; i++) {
            assertThat(recomputed[i])
                    .usingComparatorWithPrecision(1e-4f)
                    .containsExactly(examples.get(i).oldLogProbs());
        }
    }

    @Test
    void recordedLogProbsInBfloat16AreRecomputedInBfloat16Only() {
        // Given
        ModelConfig config = Models.tiny();
        Parameters weights = Models.strong(config, 13);
        List<PackedExample> examples = sample(config, weights, 1, Precision.BF16).stream()
                .map(sample -> pack(config, sample))
                .toList();

        // When
        float same = largestDifference(weights, examples, Precision.BF16);
        float other = largestDifference(weights, examples, Precision.F32);

        // Then (measured: 2e-7 and 0.03)
        assertThat(same).isLessThan(1e-2f);
        assertThat(other).isGreaterThan(2e-2f);
    }

    private static float largestDifference(Parameters weights, List<PackedExample> examples, Precision precision) {
        ComputeSettings compute = new ComputeSettings(precision, false);
        try (PolicyTrainer trainer =
                new PolicyTrainer(network, weights.config(), weights, OptimizerSettings.published(), compute)) {
            float[][] recomputed = trainer.logProbs(examples, 1);
            float largest = 0;
            for (int i = 0; i < recomputed.length; i++) {
                for (int t = 0; t < recomputed[i].length; t++) {
                    float recorded = examples.get(i).oldLogProbs()[t];
                    largest = Math.max(largest, Math.abs(recomputed[i][t] - recorded));
                }
            }
            return largest;
        }
    }

    private static List<FinishedSample> sample(
            ModelConfig config, Parameters weights, double temperature, Precision precision) {
        boolean full = config.attention() == Attention.FULL;
        SamplerSettings settings = new SamplerSettings(
                config.blockSize(),
                config.blockSize(),
                new UnmaskingPolicy.DynamicLowConfidence(0.5),
                temperature,
                0,
                1,
                full ? 16 : 17,
                Confidence.DEFAULT,
                full ? new FullSettings(false, null, EarlyStop.END_OF_TEXT) : FullSettings.DEFAULT);
        SplittableRandom random = new SplittableRandom(3);
        List<FinishedSample> finished = new ArrayList<>();
        try (Sampler batch = Samplers.open(network, config, settings, precision)) {
            for (int group = 0; group < 8; group++) {
                int[] prompt =
                        random.ints(random.nextInt(full ? 1 : 0, 12), 0, 22).toArray();
                batch.add(List.of(
                        new SampleRequest("g" + group, 0, prompt, 5), new SampleRequest("g" + group, 1, prompt, 5)));
            }
            while (batch.active() > 0) {
                finished.addAll(batch.advance(weights, 0));
            }
        }
        return finished;
    }

    private static PackedExample pack(ModelConfig config, FinishedSample sample) {
        SampledResponse response = sample.response();
        TracedResponse traced = new TracedResponse(
                sample.request().prompt(),
                response.tokens(),
                response.keptTokens(),
                response.stepMap(),
                response.logProbs(),
                TracedResponse.repeat(1, response.tokens().length));
        return TracePacker.pack(traced, Examples.settings(config).withLayout(layout(config)));
    }

    private static Layout layout(ModelConfig config) {
        if (config.attention() == Attention.BLOCK) {
            return Layout.ABSOLUTE_BLOCKS;
        }
        return config.shiftedLogits() ? Layout.FULL_SHIFTED : Layout.FULL;
    }
}
