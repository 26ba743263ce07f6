package dev.tracerl.trainer.train;

import dev.tracerl.core.schedule.LearningRateSchedule;

/**
 * How the groups of a step become optimizer updates.
 *
 * @param minibatches updates per pass over the groups
 * @param epochs passes over the groups
 * @param microBatchTokens most rows in one forward and backward pass
 * @param recompute whether the denominators of the ratio are evaluated before the step, with its first parameters
 * @param schedule learning rate by update
 */
public record StepSettings(
        int minibatches, int epochs, int microBatchTokens, boolean recompute, LearningRateSchedule schedule) {}
