package dev.tracerl.core.advantage;

import java.util.Arrays;

/**
 * Keeps groups that are neither too hard nor too easy: mean reward within the closed interval. The reference uses 0.2 to
 * 0.8.
 *
 * @param min smallest mean reward that is kept
 * @param max largest mean reward that is kept, at least {@code min}
 */
public record DifficultyBand(double min, double max) {

    public DifficultyBand {
        if (!(min <= max)) {
            throw new IllegalArgumentException("min is " + min + ", must be at most max, which is " + max);
        }
    }

    /**
     * Whether a group is kept; an empty group is not.
     *
     * @param rewards {@code (G)} finite, one per response
     */
    public boolean accepts(double[] rewards) {
        Rewards.requireFinite(rewards);
        double mean = Arrays.stream(rewards).average().orElse(Double.NaN);
        return min <= mean && mean <= max;
    }
}
