package dev.tracerl.core.loss;

/**
 * Value, gradient and diagnostics of the objective. Means are over targets, unweighted, and 0 without targets.
 *
 * @param loss {@code policyLoss + klLoss}
 * @param policyLoss {@code -sum_i w_i surrogate_i}
 * @param klLoss {@code beta sum_i w_i k_i}
 * @param meanKl mean of the estimates {@code k_i}
 * @param clipFraction share of targets whose clipped term is active
 * @param ratioMean mean of {@code r_i}
 * @param ratioSquareMean mean of {@code r_i^2}; {@code ratioMean^2 / ratioSquareMean} is the relative effective sample
 *     size
 * @param gradient {@code (M)} derivative of the loss with respect to each new log-probability
 */
public record LossOutputs(
        double loss,
        double policyLoss,
        double klLoss,
        double meanKl,
        double clipFraction,
        double ratioMean,
        double ratioSquareMean,
        double[] gradient) {}
