package dev.tracerl.core.decode;

import org.jspecify.annotations.Nullable;

/**
 * How a response of a full-attention model is generated, beyond what {@link SamplerSettings} says of a block.
 *
 * @param prefixCache whether steps after a block's first see everything before the block as the first one saw it, by
 *     cached keys and values, instead of evaluating the whole sequence each time. Recorded log-probabilities are then
 *     no denominator of a policy ratio: the trainer's context is not stale
 * @param furtherHorizon positions after the block that steps with a cache see; null for all. Needs the cache
 * @param earlyStop when generation ends before the whole length
 */
public record FullSettings(boolean prefixCache, @Nullable Integer furtherHorizon, EarlyStop earlyStop) {

    /** The exact sampler: the whole sequence each time, and the whole length. */
    public static final FullSettings DEFAULT = new FullSettings(false, null, EarlyStop.NEVER);

    public FullSettings {
        if (furtherHorizon != null && furtherHorizon < 0) {
            throw new IllegalArgumentException("furtherHorizon is " + furtherHorizon + ", must be at least 0");
        }
        if (furtherHorizon != null && !prefixCache) {
            throw new IllegalArgumentException(
                    "furtherHorizon needs prefixCache: without it every step sees everything");
        }
    }

    /** Position after the last one that a step with a cache sees. */
    public int windowEnd(int blockEnd, int sequenceEnd) {
        return furtherHorizon == null ? sequenceEnd : Math.min(sequenceEnd, Math.addExact(blockEnd, furtherHorizon));
    }
}
