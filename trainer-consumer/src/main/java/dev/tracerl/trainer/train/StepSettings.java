package dev.tracerl.trainer.train;

import dev.tracerl.core.loss.Correction;
import dev.tracerl.core.schedule.LearningRateSchedule;

/**
 * How the groups of a step become optimizer updates.
 *
 * @param minibatches updates per pass over the groups
 * @param epochs passes over the groups
 * @param microBatchTokens most rows in one forward and backward pass
 * @param denominator whose probabilities the ratio is taken to
 * @param schedule learning rate by update
 * @param anchor whose policy the KL term keeps close to
 */
public record StepSettings(
        int minibatches,
        int epochs,
        int microBatchTokens,
        Denominator denominator,
        LearningRateSchedule schedule,
        Anchor anchor) {

    /** The KL term keeps close to the policy of the denominator. */
    public StepSettings(
            int minibatches, int epochs, int microBatchTokens, Denominator denominator, LearningRateSchedule schedule) {
        this(minibatches, epochs, microBatchTokens, denominator, schedule, Anchor.OLD);
    }

    /** Whose policy the KL term keeps close to. */
    public enum Anchor {
        /** That of the denominator. */
        OLD,
        /** The run's first one. */
        INITIAL
    }

    /** The denominator of the ratio. */
    public sealed interface Denominator {}

    /** The policy that sampled, from the recorded log-probabilities. */
    public record Recorded() implements Denominator {}

    /**
     * The policy at the start of the step, evaluated before it.
     *
     * @param correction what makes up for its difference from the policy that sampled
     */
    public record Recomputed(Correction correction) implements Denominator {}
}
