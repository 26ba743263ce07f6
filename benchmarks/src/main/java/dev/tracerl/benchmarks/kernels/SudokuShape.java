package dev.tracerl.benchmarks.kernels;

import dev.tracerl.core.decode.SampledResponse;
import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.core.decode.UnmaskingPolicy;
import dev.tracerl.core.loss.LossNormalization;
import dev.tracerl.core.pack.PackSettings;
import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.core.pack.TracePacker;
import dev.tracerl.core.pack.TracedResponse;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.sampling.FinishedSample;
import dev.tracerl.model.sampling.SampleRequest;
import dev.tracerl.model.sampling.SamplingBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** 32 prompts of 16 tokens with 16 responses each, of five blocks of four tokens, one token revealed at a time. */
final class SudokuShape {
    static final int RESPONSES = 512;
    static final int CPU_ROWS = 4096; // of a micro-batch; their activations stay in a cache
    private static final int GROUP = 16;
    private static final int PROMPT = 16;
    private static final int RESPONSE = 20;
    private static final int MASK = 7;

    private SudokuShape() {}

    /** Four layers with heads of 16 features and a feed-forward layer three times as wide. */
    static ModelConfig model(int hidden) {
        int heads = hidden / 16;
        return new ModelConfig(
                "sdar",
                MASK + 1,
                hidden,
                3 * hidden,
                4,
                heads,
                heads / 2,
                16,
                1e-6,
                10_000,
                true,
                false,
                true,
                PROMPT + RESPONSE,
                4,
                MASK,
                List.of(5),
                6,
                0.02);
    }

    static SamplingBatch batch(Network network, ModelConfig config) {
        UnmaskingPolicy policy = new UnmaskingPolicy.StaticLowConfidence();
        return new SamplingBatch(network, config, new SamplerSettings(4, 4, policy, 1, 0, 1, RESPONSE), Set.of());
    }

    static List<SampleRequest> requests() {
        SplittableRandom random = new SplittableRandom(1);
        List<SampleRequest> requests = new ArrayList<>();
        for (int group = 0; group < RESPONSES / GROUP; group++) {
            int[] prompt = random.ints(PROMPT, 0, 5).toArray();
            for (int sample = 0; sample < GROUP; sample++) {
                requests.add(new SampleRequest("group " + group, sample, prompt, 1));
            }
        }
        return requests;
    }

    static List<FinishedSample> sample(SamplingBatch batch, Parameters weights) {
        batch.add(requests());
        List<FinishedSample> finished = new ArrayList<>();
        while (batch.active() > 0) {
            finished.addAll(batch.advance(weights, 0));
        }
        return finished;
    }

    static PackedExample pack(FinishedSample sample) {
        SampledResponse response = sample.response();
        float[] advantages = TracedResponse.repeat(sample.request().sample() % 2 == 0 ? 1 : -1, RESPONSE);
        TracedResponse traced = new TracedResponse(
                sample.request().prompt(),
                response.tokens(),
                response.keptTokens(),
                response.stepMap(),
                response.logProbs(),
                advantages);
        return TracePacker.pack(traced, new PackSettings(4, 1, MASK, LossNormalization.TARGETS, RESPONSE));
    }
}
