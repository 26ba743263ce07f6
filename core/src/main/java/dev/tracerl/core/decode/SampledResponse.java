package dev.tracerl.core.decode;

/**
 * A generated response with everything that was recorded about it. Arrays are shared and must not be written.
 *
 * <p>{@code tokens}, {@code stepMap} and {@code logProbs} are aligned and cover the whole last block: what lies after
 * {@code keptTokens} was visible while kept tokens were chosen, but is not part of the answer. Those of a
 * full-attention model always cover the whole length: what an early stop left out is padding, revealed by one step more
 * than there were, with log-probability 0 and the last block's version, because it was visible as masks all the time.
 *
 * @param tokens {@code (R)} completion tokens, the whole last block included
 * @param stepMap {@code (R)} 1-based number of the denoising forward, counted over the whole sequence, that revealed the
 *     token
 * @param logProbs {@code (R)} natural logarithm of the probability with which the token was drawn, after temperature and
 *     filters
 * @param blockVersions one policy version per block that holds completion tokens, in order
 * @param keptTokens number of leading tokens that are the answer, the end-of-text token included
 * @param forwards network evaluations, prefill not counted: denoising passes and, for block attention, commit passes
 * @param stopReason why the response ended
 */
public record SampledResponse(
        int[] tokens,
        int[] stepMap,
        float[] logProbs,
        long[] blockVersions,
        int keptTokens,
        int forwards,
        StopReason stopReason) {

    public SampledResponse {
        if (stepMap.length != tokens.length || logProbs.length != tokens.length) {
            throw new IllegalArgumentException("lengths differ: tokens " + tokens.length + ", stepMap " + stepMap.length
                    + ", logProbs " + logProbs.length);
        }
        if (blockVersions.length == 0) {
            throw new IllegalArgumentException("blockVersions is empty, must have one entry per block");
        }
        if (keptTokens < 0 || keptTokens > tokens.length) {
            throw new IllegalArgumentException(
                    "keptTokens is " + keptTokens + ", must be in [0, " + tokens.length + "]");
        }
    }

    /** The smallest policy version over all blocks. */
    public long oldestVersion() {
        long oldest = Long.MAX_VALUE;
        for (long version : blockVersions) {
            oldest = Math.min(oldest, version);
        }
        return oldest;
    }
}
