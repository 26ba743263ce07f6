package dev.tracerl.core.value;

/**
 * What a {@link StepTrace} is worth. Arrays are shared and must not be written.
 *
 * @param returns {@code (M)} what the value model learns to predict
 * @param advantages {@code (M)} what the policy is trained with
 */
public record StepEstimates(double[] returns, double[] advantages) {}
