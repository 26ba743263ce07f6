package dev.tracerl.benchmarks.kernels;

import dev.tracerl.core.decode.Confidence;
import dev.tracerl.core.decode.EarlyStop;
import dev.tracerl.core.decode.FullSettings;
import dev.tracerl.core.decode.SampledResponse;
import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.core.decode.UnmaskingPolicy;
import dev.tracerl.core.loss.LossNormalization;
import dev.tracerl.core.pack.PackSettings;
import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.core.pack.TracePacker;
import dev.tracerl.core.pack.TracedResponse;
import dev.tracerl.model.network.Attention;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.sampling.FinishedSample;
import dev.tracerl.model.sampling.FullSamplingBatch;
import dev.tracerl.model.sampling.SampleRequest;
import dev.tracerl.model.sampling.Sampler;
import dev.tracerl.model.sampling.SamplingBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Made-up prompts and their responses, all of the same length, in blocks of four tokens.
 *
 * @param attention of the model
 * @param hidden features of the model
 * @param vocabulary tokens of the model
 * @param groups different prompts
 * @param group responses to a prompt
 * @param prompt tokens of a prompt
 * @param response tokens of a response
 * @param steps that reveal a block
 */
public record SampledShape(
        Attention attention, int hidden, int vocabulary, int groups, int group, int prompt, int response, int steps) {
    private static final int BLOCK = 4;
    private static final int HEAD = 16;

    /** 32 prompts of 16 tokens with 16 responses each, of five blocks, one token revealed at a time, as in the demo. */
    public static SampledShape sudoku(int hidden) {
        return new SampledShape(Attention.BLOCK, hidden, 8, 32, 16, 16, 20, BLOCK);
    }

    /** As many prompts as there are responses, followed by one block that one step reveals. */
    public SampledShape prompts() {
        return new SampledShape(attention, hidden, vocabulary, groups * group, 1, prompt, BLOCK, 1);
    }

    /** Four layers with heads of 16 features and a feed-forward layer three times as wide. */
    public ModelConfig model() {
        boolean block = attention == Attention.BLOCK;
        int heads = hidden / HEAD;
        return new ModelConfig(
                block ? "sdar" : "llada",
                vocabulary,
                hidden,
                3 * hidden,
                4,
                heads,
                block ? heads / 2 : heads,
                HEAD,
                1e-6,
                10_000,
                block,
                false,
                block,
                prompt + response,
                BLOCK,
                mask(),
                List.of(vocabulary - 3),
                vocabulary - 2,
                0.02);
    }

    private int mask() {
        return vocabulary - 1;
    }

    /** A sampler that nothing stops before the last token; with full attention it caches and looks two blocks ahead. */
    Sampler sampler(Network network) {
        boolean block = attention == Attention.BLOCK;
        FullSettings full = block ? FullSettings.DEFAULT : new FullSettings(true, 2 * BLOCK, EarlyStop.NEVER);
        SamplerSettings settings = new SamplerSettings(
                BLOCK, steps, new UnmaskingPolicy.StaticLowConfidence(), 1, 0, 1, response, Confidence.DEFAULT, full);
        return block
                ? new SamplingBatch(network, model(), settings, Set.of())
                : new FullSamplingBatch(network, model(), settings, Set.of());
    }

    List<SampleRequest> requests() {
        SplittableRandom random = new SplittableRandom(1);
        List<SampleRequest> requests = new ArrayList<>();
        for (int i = 0; i < groups; i++) {
            int[] tokens = random.ints(prompt, 0, vocabulary - 3).toArray();
            for (int sample = 0; sample < group; sample++) {
                requests.add(new SampleRequest("group " + i, sample, tokens, 1));
            }
        }
        return requests;
    }

    /** What is trained on a response. */
    public PackedExample pack(FinishedSample sample) {
        SampledResponse sampled = sample.response();
        float[] advantages = TracedResponse.repeat(sample.request().sample() % 2 == 0 ? 1 : -1, response);
        TracedResponse traced = new TracedResponse(
                sample.request().prompt(),
                sampled.tokens(),
                sampled.keptTokens(),
                sampled.stepMap(),
                sampled.logProbs(),
                advantages);
        return TracePacker.pack(traced, new PackSettings(BLOCK, 1, mask(), LossNormalization.TARGETS, response));
    }
}
