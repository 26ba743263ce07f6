package dev.tracerl.core.advantage;

import java.util.Arrays;

/** From the rewards of one group's responses to their advantages. */
public enum GroupAdvantage {
    /** {@code (r - mean) / population standard deviation}; zeros if all rewards are equal. */
    Z_SCORE {
        @Override
        double[] compute(double[] rewards) {
            double[] centered = MEAN_ONLY.compute(rewards);
            double deviation = Math.sqrt(Arrays.stream(centered).map(c -> c * c).sum() / rewards.length);
            return Arrays.stream(centered).map(c -> c / deviation).toArray();
        }
    },
    /** {@code r} minus the mean of the others' rewards; zeros for a group of one. */
    LEAVE_ONE_OUT {
        @Override
        double[] compute(double[] rewards) {
            double scale = rewards.length / (rewards.length - 1.0);
            return Arrays.stream(MEAN_ONLY.compute(rewards)).map(c -> c * scale).toArray();
        }
    },
    /** {@code r - mean}. */
    MEAN_ONLY {
        @Override
        double[] compute(double[] rewards) {
            double mean = Arrays.stream(rewards).sum() / rewards.length;
            return Arrays.stream(rewards).map(r -> r - mean).toArray();
        }
    };

    /**
     * Advantages of a group; all zero if the rewards are all equal, exactly.
     *
     * @param rewards {@code (G)} finite, one per response
     * @return {@code (G)}
     * @throws IllegalArgumentException if a reward is not finite
     */
    public double[] advantages(double[] rewards) {
        Rewards.requireFinite(rewards);
        boolean equal = Arrays.stream(rewards).distinct().count() <= 1;
        return equal ? new double[rewards.length] : compute(rewards);
    }

    /** For groups with at least two different rewards. */
    abstract double[] compute(double[] rewards);
}
