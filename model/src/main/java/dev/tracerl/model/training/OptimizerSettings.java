package dev.tracerl.model.training;

/**
 * AdamW. The learning rate is given at every step.
 *
 * @param weightDecay decoupled decay of matrices; norms and biases do not decay
 * @param gradientClip largest global norm of the gradient; 0 turns clipping off
 */
public record OptimizerSettings(double beta1, double beta2, double epsilon, double weightDecay, double gradientClip) {

    public OptimizerSettings {
        inUnit("beta1", beta1);
        inUnit("beta2", beta2);
        atLeastZero("epsilon", epsilon);
        atLeastZero("weightDecay", weightDecay);
        atLeastZero("gradientClip", gradientClip);
    }

    /** The published ones: betas 0.9 and 0.999, epsilon 1e-8, no decay, clip 1. */
    public static OptimizerSettings published() {
        return new OptimizerSettings(0.9, 0.999, 1e-8, 0, 1);
    }

    private static void inUnit(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + " is " + value + ", must be in [0, 1)");
        }
    }

    private static void atLeastZero(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " is " + value + ", must be finite and at least 0");
        }
    }
}
