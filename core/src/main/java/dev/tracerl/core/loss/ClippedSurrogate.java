package dev.tracerl.core.loss;

/**
 * The clipped policy objective of one token (Schulman et al. 2017, equation 7):
 * {@code min(r A, clip(r, 1 - epsilon, 1 + epsilon) A)} with {@code r = exp(d)} and
 * {@code d} limited to {@link TraceRlLoss#MAX_LOG_RATIO}, beyond which the derivative is 0.
 *
 * @param epsilon half-width of the interval in which the ratio moves freely, in (0, 1)
 */
public record ClippedSurrogate(double epsilon) {

    public ClippedSurrogate {
        if (!(epsilon > 0 && epsilon < 1)) {
            throw new IllegalArgumentException("epsilon is " + epsilon + ", must be in (0, 1)");
        }
    }

    /** The objective for log-ratio {@code d} and advantage {@code A}; to be maximized. */
    public double value(double d, double advantage) {
        double ratio = Math.exp(LogRatio.limit(d));
        double bounded = Math.max(1 - epsilon, Math.min(1 + epsilon, ratio));
        return Math.min(ratio * advantage, bounded * advantage);
    }

    /** Derivative of {@link #value} with respect to {@code d}: {@code r A}, or 0 where the clipped term is smaller. */
    public double derivative(double d, double advantage) {
        return clipped(d, advantage) || LogRatio.limited(d) ? 0 : Math.exp(LogRatio.limit(d)) * advantage;
    }

    /** Whether the clipped term is the smaller one, so that the token no longer pushes the policy. */
    public boolean clipped(double d, double advantage) {
        double ratio = Math.exp(LogRatio.limit(d));
        return (advantage > 0 && ratio > 1 + epsilon) || (advantage < 0 && ratio < 1 - epsilon);
    }
}
