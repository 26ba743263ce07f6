package dev.tracerl.core.value;

/**
 * The clipped loss of values (arXiv 2509.06949): with {@code C_j = V_old,j + clip(V_j - V_old,j, -epsilon, epsilon)},
 *
 * <pre>
 *   loss = sum_j w_j / 2 max((V_j - R_j)^2, (C_j - R_j)^2)
 * </pre>
 *
 * @param epsilon how far a value moves freely from the one before the update, positive
 */
public record ClippedValueLoss(double epsilon) {

    public ClippedValueLoss {
        if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("epsilon is " + epsilon + ", must be finite and positive");
        }
    }

    /** The loss of one token. */
    public double value(double value, double oldValue, double target) {
        double free = value - target;
        double bounded = bounded(value, oldValue) - target;
        return 0.5 * Math.max(free * free, bounded * bounded);
    }

    /** Derivative of {@link #value} with respect to the value: its error, or 0 where the clipped error is larger. */
    public double derivative(double value, double oldValue, double target) {
        return clipped(value, oldValue, target) ? 0 : value - target;
    }

    /** Whether the clipped error is the larger one, so that the token no longer moves the value. */
    public boolean clipped(double value, double oldValue, double target) {
        return Math.abs(bounded(value, oldValue) - target) > Math.abs(value - target)
                && Math.abs(value - oldValue) > epsilon;
    }

    /** Loss, gradient and diagnostics of a batch. */
    public ValueLossOutputs evaluate(ValueLossInputs inputs) {
        int count = inputs.targets();
        double[] gradient = new double[count];
        double loss = 0;
        double clipped = 0;
        for (int j = 0; j < count; j++) {
            double value = inputs.values()[j];
            double old = inputs.oldValues()[j];
            double target = inputs.returns()[j];
            double weight = inputs.weights()[j];
            loss += weight * value(value, old, target);
            gradient[j] = weight * derivative(value, old, target);
            clipped += clipped(value, old, target) ? 1 : 0;
        }
        return new ValueLossOutputs(loss, clipped / Math.max(count, 1), gradient);
    }

    private double bounded(double value, double oldValue) {
        return oldValue + Math.max(-epsilon, Math.min(epsilon, value - oldValue));
    }
}
