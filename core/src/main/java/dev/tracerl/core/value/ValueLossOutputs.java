package dev.tracerl.core.value;

/**
 * Value, gradient and diagnostics of the value loss.
 *
 * @param loss the weighted sum
 * @param clipFraction share of targets that no longer move their value, unweighted; 0 without targets
 * @param gradient {@code (M)} derivative of the loss with respect to each value
 */
public record ValueLossOutputs(double loss, double clipFraction, double[] gradient) {}
