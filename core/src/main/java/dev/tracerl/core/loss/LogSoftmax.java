package dev.tracerl.core.loss;

/** Log-probability of one label under logits, and its gradient. */
public final class LogSoftmax {

    private LogSoftmax() {}

    /** {@code logits[label] - log sum_v exp(logits[v])}. */
    public static double logProb(double[] logits, int label) {
        return logits[label] - logSumExp(logits);
    }

    /**
     * Derivative of {@code scale * logProb(logits, label)} with respect to the logits:
     * {@code scale * (1[v = label] - p_v)}.
     *
     * @return {@code (vocabulary)}
     */
    public static double[] gradient(double[] logits, int label, double scale) {
        double normalizer = logSumExp(logits);
        double[] gradient = new double[logits.length];
        for (int v = 0; v < logits.length; v++) {
            gradient[v] = -scale * Math.exp(logits[v] - normalizer);
        }
        gradient[label] += scale;
        return gradient;
    }

    private static double logSumExp(double[] logits) {
        double max = Double.NEGATIVE_INFINITY;
        for (double logit : logits) {
            max = Math.max(max, logit);
        }
        double sum = 0;
        for (double logit : logits) {
            sum += Math.exp(logit - max);
        }
        return max + Math.log(sum);
    }
}
