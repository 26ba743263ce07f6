package dev.tracerl.core.loss;

/**
 * One entry per target token; all arrays are aligned, shared, and must not be written.
 *
 * @param newLogProbs {@code (M)} log-probability under the policy being trained
 * @param oldLogProbs {@code (M)} log-probability under the policy that is the ratio's denominator
 * @param advantages {@code (M)}
 * @param weights {@code (M)} factor of the token's terms in the sum, see {@link LossNormalization}
 * @param referenceLogProbs {@code (M)} log-probability under the policy that the KL term keeps close to
 */
public record LossInputs(
        double[] newLogProbs, double[] oldLogProbs, double[] advantages, double[] weights, double[] referenceLogProbs) {

    public LossInputs {
        int length = newLogProbs.length;
        if (oldLogProbs.length != length || advantages.length != length || weights.length != length) {
            throw new IllegalArgumentException("lengths differ: newLogProbs " + length + ", oldLogProbs "
                    + oldLogProbs.length + ", advantages " + advantages.length + ", weights " + weights.length);
        }
        if (referenceLogProbs.length != length) {
            throw new IllegalArgumentException(
                    "lengths differ: newLogProbs " + length + ", referenceLogProbs " + referenceLogProbs.length);
        }
    }

    /** The policy of the denominator is the one that the KL term keeps close to. */
    public LossInputs(double[] newLogProbs, double[] oldLogProbs, double[] advantages, double[] weights) {
        this(newLogProbs, oldLogProbs, advantages, weights, oldLogProbs);
    }

    /** Number of targets. */
    public int targets() {
        return newLogProbs.length;
    }
}
