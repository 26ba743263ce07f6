package dev.tracerl.core.decode;

import java.util.Optional;
import java.util.Set;

/**
 * Generates one response block by block: the plain statement of what the batched tensor sampler must reproduce.
 *
 * <p>Blocks are aligned to absolute position 0, so the first one starts with the prompt's remainder. A block is denoised
 * until it holds no mask, then committed with one more forward whose result only fills the cache.
 */
public final class BlockSampler {

    private final SamplerSettings settings;
    private final int maskToken;
    private final StopRule stopRule;

    /**
     * Creates a sampler.
     *
     * @param settings how tokens are drawn and revealed
     * @param maskToken id of the mask, which is never drawn
     * @param endOfText ids that end a response
     * @throws IllegalArgumentException if the settings are for a full-attention model
     */
    public BlockSampler(SamplerSettings settings, int maskToken, Set<Integer> endOfText) {
        settings.requireBlockAttention();
        this.settings = settings;
        this.maskToken = maskToken;
        this.stopRule = new StopRule(endOfText, settings.maxTokens());
    }

    /** Samples the response to {@code prompt} with the given random numbers. */
    public SampledResponse sample(LogitsSource network, int[] prompt, CounterRandom random) {
        return sample(network, prompt, TokenDraw.of(random));
    }

    /** Takes the most probable token at every temperature; for comparison with other implementations. */
    public SampledResponse sampleModes(LogitsSource network, int[] prompt) {
        return sample(network, prompt, (distribution, block, step, position) -> distribution.mode());
    }

    SampledResponse sample(LogitsSource network, int[] prompt, TokenDraw draw) {
        BlockRecorder recorder = new BlockRecorder(prompt, BlockPartition.absolute(settings.blockSize()), maskToken);
        Optional<StopRule.Stop> stop = Optional.empty();
        while (stop.isEmpty()) {
            int seen = recorder.responseLength();
            recorder.openBlock(network.version());
            for (int step = 0; recorder.hasMasks(); step++) {
                denoise(network, recorder, step, draw);
            }
            recorder.commit();
            stop = stopRule.check(recorder.response(), seen);
        }
        return recorder.finish(stop.get());
    }

    private void denoise(LogitsSource network, BlockRecorder recorder, int step, TokenDraw draw) {
        double[][] logits = network.logits(recorder.tokens(), recorder.blockStart());
        boolean[] masked = recorder.masked();
        BlockDraws draws = BlockDraws.of(logits, masked, recorder.place(step), settings, maskToken, draw);
        recorder.reveal(settings.select(step, masked, draws.confidence(), draws.entropy()), draws);
    }
}
