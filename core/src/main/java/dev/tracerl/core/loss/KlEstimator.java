package dev.tracerl.core.loss;

/**
 * Estimator of KL(new || old) from tokens of the old policy, with {@code d} the new minus the old log-probability
 * (Schulman, "Approximating KL divergence", 2020). With another reference than the old policy it is a penalty on tokens
 * of the old policy, no longer an unbiased estimate.
 */
public enum KlEstimator {
    /** {@code d}. */
    K1 {
        @Override
        public double value(double d) {
            return d;
        }

        @Override
        public double derivative(double d) {
            return 1;
        }
    },
    /**
     * {@code exp(-d) - 1 + d}, the exponent limited to {@link TraceRlLoss#MAX_LOG_RATIO}; never negative up to that limit.
     */
    K3 {
        @Override
        public double value(double d) {
            return Math.expm1(-LogRatio.limit(d)) + d;
        }

        @Override
        public double derivative(double d) {
            return LogRatio.limited(d) ? 1 : -Math.expm1(-d);
        }
    };

    /** The estimate for one token. */
    public abstract double value(double d);

    /** Derivative of {@link #value} with respect to {@code d}. */
    public abstract double derivative(double d);
}
