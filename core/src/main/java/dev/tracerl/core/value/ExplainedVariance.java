package dev.tracerl.core.value;

import java.util.Arrays;

/** How much of the returns' variance a value model explains: {@code 1 - var(R - V) / var(R)}. */
public final class ExplainedVariance {

    private static final double ROUNDING = 1e-12;

    private ExplainedVariance() {}

    /**
     * At most 1, which is perfect; 0 is as good as always predicting the mean; also 0 if the returns do not vary.
     *
     * @param values {@code (M)} predictions
     * @param returns {@code (M)} what was predicted
     */
    public static double of(double[] values, double[] returns) {
        double[] errors = new double[returns.length];
        Arrays.setAll(errors, j -> returns[j] - values[j]);
        double variance = variance(returns);
        double squares = Arrays.stream(returns).map(r -> r * r).sum() / Math.max(1, returns.length);
        return variance <= ROUNDING * squares ? 0 : 1 - variance(errors) / variance;
    }

    private static double variance(double[] x) {
        double mean = Arrays.stream(x).average().orElse(0);
        return Arrays.stream(x).map(value -> (value - mean) * (value - mean)).sum() / Math.max(1, x.length);
    }
}
