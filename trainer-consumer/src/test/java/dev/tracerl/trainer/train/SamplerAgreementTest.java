package dev.tracerl.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.core.decode.SampledResponse;
import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.core.decode.UnmaskingPolicy;
import dev.tracerl.core.loss.LossNormalization;
import dev.tracerl.core.pack.PackSettings;
import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.core.pack.TracePacker;
import dev.tracerl.core.pack.TracedResponse;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.sampling.FinishedSample;
import dev.tracerl.model.sampling.SampleRequest;
import dev.tracerl.model.sampling.SamplingBatch;
import dev.tracerl.model.training.LossSettings.Kind;
import dev.tracerl.trainer.TestRuns;
import dev.tracerl.trainer.support.RealLearner;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Without lag the trainer's log-probabilities are the sampler's: the first ratio of an on-policy run is 1. The block is the
 * run's, whatever the model was made with.
 */
class SamplerAgreementTest {

    private static final double TOLERANCE = 1e-4; // measured: 2.4e-7

    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    void recordedLogProbsAreTheTrainers(int blockSize) {
        // Given
        PackSettings settings =
                new PackSettings(blockSize, 1, TestRuns.MODEL.maskTokenId(), LossNormalization.TARGETS, 2 * blockSize);
        List<PackedExample> examples = sampled(blockSize).stream()
                .map(sample -> pack(sample.request().prompt(), sample.response(), settings))
                .toList();

        // When
        float[][] recomputed;
        try (Learner learner = RealLearner.open(Kind.CLIPPED, RealLearner.fresh())) {
            recomputed = learner.logProbs(examples);
        }

        // Then
        assertThat(largestDifference(examples, recomputed)).isLessThan(TOLERANCE);
    }

    private static double largestDifference(List<PackedExample> examples, float[][] recomputed) {
        double largest = 0;
        for (int i = 0; i < examples.size(); i++) {
            assertThat(recomputed[i]).isNotEmpty();
            for (int target = 0; target < recomputed[i].length; target++) {
                double recorded = examples.get(i).oldLogProbs()[target];
                largest = Math.max(largest, Math.abs(recorded - recomputed[i][target]));
            }
        }
        return largest;
    }

    private static List<FinishedSample> sampled(int blockSize) {
        SamplerSettings settings = new SamplerSettings(
                blockSize, blockSize, new UnmaskingPolicy.DynamicLowConfidence(0.2), 1, 0, 1, 2 * blockSize);
        Parameters parameters = Parameters.random(TestRuns.MODEL, 3);
        List<FinishedSample> finished = new ArrayList<>();
        try (Network network = Network.open("cpu");
                SamplingBatch batch = new SamplingBatch(network, TestRuns.MODEL, settings)) {
            List<SampleRequest> requests = new ArrayList<>();
            for (int sample = 0; sample < 8; sample++) {
                requests.add(new SampleRequest("group", sample, new int[] {1, 2, 3, 4, 5, 10}, 7));
            }
            batch.add(requests);
            while (batch.active() > 0) {
                finished.addAll(batch.advance(parameters, 0));
            }
        }
        return finished;
    }

    private static PackedExample pack(int[] prompt, SampledResponse response, PackSettings settings) {
        float[] advantages = TracedResponse.repeat(1, response.tokens().length);
        return TracePacker.pack(
                new TracedResponse(
                        prompt,
                        response.tokens(),
                        response.keptTokens(),
                        response.stepMap(),
                        response.logProbs(),
                        advantages),
                settings);
    }
}
