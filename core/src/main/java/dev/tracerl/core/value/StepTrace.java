package dev.tracerl.core.value;

/**
 * The trained tokens of one response with what they earned and were expected to earn. Arrays are aligned, shared, and must
 * not be written.
 *
 * @param steps {@code (M)} the (merged) step that revealed the token; equal numbers were revealed together, later steps
 *     have larger ones
 * @param rewards {@code (M)} reward of the token
 * @param values {@code (M)} value of the token under the value model before its update; zeros without one
 */
public record StepTrace(int[] steps, double[] rewards, double[] values) {

    public StepTrace {
        if (rewards.length != steps.length || values.length != steps.length) {
            throw new IllegalArgumentException("lengths differ: steps " + steps.length + ", rewards " + rewards.length
                    + ", values " + values.length);
        }
    }

    /** A trace that nothing was expected of: its returns are the rewards to come. */
    public static StepTrace withoutValues(int[] steps, double[] rewards) {
        return new StepTrace(steps, rewards, new double[steps.length]);
    }

    /** Number of tokens. */
    public int tokens() {
        return steps.length;
    }

    /** Mean of a quantity over the tokens of a step that exists. */
    double mean(double[] quantity, int step) {
        double sum = 0;
        int count = 0;
        for (int j = 0; j < steps.length; j++) {
            if (steps[j] == step) {
                sum += quantity[j];
                count++;
            }
        }
        return sum / count;
    }
}
