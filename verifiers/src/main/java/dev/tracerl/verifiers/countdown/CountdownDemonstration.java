package dev.tracerl.verifiers.countdown;

/**
 * A task with a right answer.
 *
 * @param task the task
 * @param expression an expression that reaches the target
 */
public record CountdownDemonstration(CountdownTask task, String expression) {}
