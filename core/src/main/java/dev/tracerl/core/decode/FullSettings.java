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
 * @param selectionTemperature 0 to reveal the most confident positions; otherwise positions are drawn without replacement
 *     from {@code softmax(confidence / selectionTemperature)}, published for Dream as {@code alg_temp}
 * @param padPenalty divides the confidence in a drawn padding token, at least 1; published for Dream as
 *     {@code pad_target_penalty}
 */
public record FullSettings(
        boolean prefixCache,
        @Nullable Integer furtherHorizon,
        EarlyStop earlyStop,
        double selectionTemperature,
        double padPenalty) {

    /** The exact sampler: the whole sequence each time, and the whole length. */
    public static final FullSettings DEFAULT = new FullSettings(false, null, EarlyStop.NEVER);

    /** Settings that reveal the most confident positions. */
    public FullSettings(boolean prefixCache, @Nullable Integer furtherHorizon, EarlyStop earlyStop) {
        this(prefixCache, furtherHorizon, earlyStop, 0, 1);
    }

    public FullSettings {
        if (!(selectionTemperature >= 0 && selectionTemperature < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "selectionTemperature is " + selectionTemperature + ", must be finite and at least 0");
        }
        if (!(padPenalty >= 1 && padPenalty < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("padPenalty is " + padPenalty + ", must be finite and at least 1");
        }
        if (furtherHorizon != null && furtherHorizon < 0) {
            throw new IllegalArgumentException("furtherHorizon is " + furtherHorizon + ", must be at least 0");
        }
        if (furtherHorizon != null && !prefixCache) {
            throw new IllegalArgumentException(
                    "furtherHorizon needs prefixCache: without it every step sees everything");
        }
    }

    /**
     * What positions are ranked by.
     *
     * @param confidence in the drawn token
     * @param order a uniform random number: the top of {@code c / t - ln(-ln order)} are a draw without replacement from
     *     {@code softmax(c / t)} (Gumbel maximum)
     */
    double rank(double confidence, boolean pad, double order) {
        double penalized = pad ? confidence / padPenalty : confidence;
        return selectionTemperature == 0 ? penalized : penalized / selectionTemperature - Math.log(-Math.log(order));
    }

    /** Position after the last one that a step with a cache sees. */
    public int windowEnd(int blockEnd, int sequenceEnd) {
        return furtherHorizon == null ? sequenceEnd : Math.min(sequenceEnd, Math.addExact(blockEnd, furtherHorizon));
    }
}
