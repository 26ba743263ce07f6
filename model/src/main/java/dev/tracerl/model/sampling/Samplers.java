package dev.tracerl.model.sampling;

import dev.tracerl.core.decode.BlockPartition;
import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Precision;

/** The sampler for a model's kind of attention. */
public final class Samplers {
    private Samplers() {}

    /**
     * An empty sampler whose responses end with the configuration's end-of-text tokens.
     *
     * @throws IllegalArgumentException if the model cannot be sampled with the settings
     */
    public static Sampler open(Network network, ModelConfig config, SamplerSettings settings) {
        return open(network, config, settings, Precision.F32);
    }

    /** The same with matrix products of the given precision. */
    public static Sampler open(Network network, ModelConfig config, SamplerSettings settings, Precision precision) {
        return switch (config.attention()) {
            case BLOCK -> new SamplingBatch(network, config, settings, config.stopTokenIds(), precision);
            case FULL -> new FullSamplingBatch(network, config, settings, config.stopTokenIds(), precision);
        };
    }

    /**
     * Checks settings before a sampler is opened.
     *
     * @throws IllegalArgumentException if the model cannot be sampled with them
     */
    public static void check(ModelConfig config, SamplerSettings settings) {
        switch (config.attention()) {
            case BLOCK -> settings.requireBlockAttention();
            case FULL -> settings.requireFullAttention(config.shiftedLogits());
        }
    }

    /** Where the blocks of a response begin: at the prompt, or at the response's first token with full attention. */
    public static BlockPartition partition(ModelConfig config, SamplerSettings settings, int promptLength) {
        return switch (config.attention()) {
            case BLOCK -> BlockPartition.absolute(settings.blockSize());
            case FULL -> BlockPartition.responseAligned(settings.blockSize(), promptLength);
        };
    }
}
