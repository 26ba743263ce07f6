package dev.tracerl.trainer.train;

import java.util.OptionalDouble;

/**
 * What came of the value model in a step.
 *
 * @param loss its loss, mean over its updates; empty if the step did not train it
 * @param explainedVariance share of the returns' variance that the values before the update explain, at most 1
 */
public record ValueResult(OptionalDouble loss, double explainedVariance) {}
