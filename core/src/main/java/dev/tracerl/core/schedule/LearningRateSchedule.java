package dev.tracerl.core.schedule;

/**
 * Learning rate by optimizer step: a linear warm-up to the peak, then constant or falling to {@code minScale * peak} at
 * {@code totalSteps}, where it stays.
 *
 * @param kind shape after the warm-up
 * @param peak largest rate, positive
 * @param warmupSteps steps of the warm-up, at least 0
 * @param totalSteps step at which the decay ends, at least {@code warmupSteps}; 0 for no decay; ignored by
 *     {@code CONSTANT}
 * @param minScale last rate as a share of the peak, in [0, 1]; ignored by {@code CONSTANT}
 */
public record LearningRateSchedule(Kind kind, double peak, long warmupSteps, long totalSteps, double minScale) {

    /** Shape after the warm-up. */
    public enum Kind {
        CONSTANT,
        COSINE,
        LINEAR
    }

    public LearningRateSchedule {
        if (!(peak > 0 && peak < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("peak is " + peak + ", must be finite and positive");
        }
        if (warmupSteps < 0) {
            throw new IllegalArgumentException("warmupSteps is " + warmupSteps + ", must be at least 0");
        }
        if (kind != Kind.CONSTANT && totalSteps != 0 && totalSteps < warmupSteps) {
            throw new IllegalArgumentException(
                    "totalSteps is " + totalSteps + ", must be 0 or at least warmupSteps, which is " + warmupSteps);
        }
        if (!(minScale >= 0 && minScale <= 1)) {
            throw new IllegalArgumentException("minScale is " + minScale + ", must be in [0, 1]");
        }
    }

    /** The same rate at every step. */
    public static LearningRateSchedule constant(double rate) {
        return new LearningRateSchedule(Kind.CONSTANT, rate, 0, 0, 1);
    }

    /**
     * The rate of one step.
     *
     * @param step 0-based optimizer step; step {@code k} of the warm-up has the rate {@code peak * (k + 1) / warmupSteps}
     */
    public double at(long step) {
        if (step < 0) {
            throw new IllegalArgumentException("step is " + step + ", must be at least 0");
        }
        if (step < warmupSteps) {
            return peak * (step + 1) / warmupSteps;
        }
        if (totalSteps == 0) {
            return peak;
        }
        double progress = Math.min(1, (double) (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps));
        return peak * (minScale + (1 - minScale) * remaining(progress));
    }

    /** Share of the way from the last rate up to the peak; 1 at progress 0. */
    private double remaining(double progress) {
        return switch (kind) {
            case CONSTANT -> 1;
            case COSINE -> 0.5 * (1 + Math.cos(Math.PI * progress));
            case LINEAR -> 1 - progress;
        };
    }
}
