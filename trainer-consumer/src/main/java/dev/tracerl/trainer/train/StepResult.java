package dev.tracerl.trainer.train;

import dev.tracerl.model.training.StepLoss;
import java.util.Optional;

/**
 * What came of a training step.
 *
 * @param updates optimizer updates it took
 * @param learningRate rate of the last one
 * @param loss losses as means over the updates, the other means over all targets
 * @param gradientNorm global norm before clipping, mean over the updates
 * @param tokens target tokens of the step's responses
 * @param packedTokens rows that went through the network
 * @param value what came of the value model; absent without one
 */
public record StepResult(
        int updates,
        double learningRate,
        StepLoss loss,
        double gradientNorm,
        long tokens,
        long packedTokens,
        Optional<ValueResult> value) {

    /** The same with what came of the value model. */
    public StepResult with(Optional<ValueResult> other) {
        return new StepResult(updates, learningRate, loss, gradientNorm, tokens, packedTokens, other);
    }
}
