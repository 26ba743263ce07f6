package dev.tracerl.core.loss;

/**
 * One entry per target token; all arrays are aligned, shared, and must not be written.
 *
 * @param newLogProbs {@code (M)} log-probability under the policy being trained
 * @param oldLogProbs {@code (M)} log-probability under the policy that is the ratio's denominator
 * @param advantages {@code (M)}
 * @param weights {@code (M)} factor of the token's terms in the sum, see {@link LossNormalization}
 */
public record LossInputs(double[] newLogProbs, double[] oldLogProbs, double[] advantages, double[] weights) {

    public LossInputs {
        int length = newLogProbs.length;
        if (oldLogProbs.length != length || advantages.length != length || weights.length != length) {
            throw new IllegalArgumentException("lengths differ: newLogProbs " + length + ", oldLogProbs "
                    + oldLogProbs.length + ", advantages " + advantages.length + ", weights " + weights.length);
        }
    }

    /** Number of targets. */
    public int targets() {
        return newLogProbs.length;
    }
}
