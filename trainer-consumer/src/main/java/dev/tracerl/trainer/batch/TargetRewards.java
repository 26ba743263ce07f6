package dev.tracerl.trainer.batch;

import dev.tracerl.core.value.OutcomeReward;

/**
 * What the targets of a response earned, compared with its group. Arrays are aligned with the targets, shared, and must
 * not be written.
 *
 * @param steps {@code (M)} the merged step that revealed each target
 * @param values {@code (M)} reward of each target
 * @param process whether these are process rewards, of which the group's advantages know nothing
 */
public record TargetRewards(int[] steps, double[] values, boolean process) {

    /** Of an example that nobody judged. */
    public static final TargetRewards NONE = new TargetRewards(new int[0], new double[0], false);

    /** One reward for the whole response; the targets of its last step get it. */
    static TargetRewards outcome(int[] steps, double reward) {
        return new TargetRewards(steps, OutcomeReward.onLastStep(steps, reward), false);
    }
}
