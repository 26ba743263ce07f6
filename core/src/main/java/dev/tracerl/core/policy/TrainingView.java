package dev.tracerl.core.policy;

import dev.tracerl.core.decode.BlockPartition;

/**
 * The context and distribution in which the trainer evaluates tokens, as far as it decides whether they are the
 * sampler's.
 *
 * @param attention visibility of the model family
 * @param slices which tokens are targets together
 * @param shrink merged steps per slice, at least 1
 * @param blockAligned whether training blocks start at absolute position 0, see {@link BlockPartition#absolute}
 * @param blockSize positions per training block, at least 1
 * @param temperature divisor of the logits in the trainer, positive
 */
public record TrainingView(
        Attention attention, Slices slices, int shrink, boolean blockAligned, int blockSize, double temperature) {

    public TrainingView {
        if (shrink < 1) {
            throw new IllegalArgumentException("shrink is " + shrink + ", must be at least 1");
        }
        if (blockSize < 1) {
            throw new IllegalArgumentException("blockSize is " + blockSize + ", must be at least 1");
        }
        if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("temperature is " + temperature + ", must be finite and positive");
        }
    }

    /** Visibility of the model family, and what the sampler caches. */
    public enum Attention {
        /** Blocks see earlier blocks and themselves; caching earlier blocks is exact. */
        BLOCK,
        /** Every token sees every token; the sampler evaluates the whole sequence each time. */
        FULL,
        /** Every token sees every token; the sampler approximates with a prefix cache. */
        FULL_WITH_PREFIX_CACHE
    }

    /** Which tokens are targets together. */
    public enum Slices {
        /** The recorded trace. */
        TRACE,
        /** Random masks. */
        RANDOM
    }
}
