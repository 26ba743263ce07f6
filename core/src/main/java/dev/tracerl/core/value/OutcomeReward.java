package dev.tracerl.core.value;

import java.util.Arrays;

/** Gives the reward of a whole response to the tokens that its last step revealed. */
public final class OutcomeReward {

    private OutcomeReward() {}

    /**
     * Rewards of the tokens: {@code reward} for those of the largest step, 0 for the others.
     *
     * @param steps {@code (M)} step of each trained token
     * @return {@code (M)}
     */
    public static double[] onLastStep(int[] steps, double reward) {
        int last = Arrays.stream(steps).max().orElse(0);
        return Arrays.stream(steps)
                .mapToDouble(step -> step == last ? reward : 0)
                .toArray();
    }
}
