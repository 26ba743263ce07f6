package dev.tracerl.trainer.batch;

import dev.tracerl.core.loss.Correction;
import dev.tracerl.core.pack.PackedExample;

/**
 * A response ready for the network.
 *
 * @param id the trajectory, for messages
 * @param packed its rows and targets
 */
public record Example(String id, PackedExample packed) {

    /**
     * The same rows and targets with the policy at the start of the step as denominator.
     *
     * @param proximal its log-probabilities, aligned with the targets; the present ones are the sampler's
     */
    public Example recomputed(float[] proximal, Correction correction) {
        float[] advantages = packed.advantages().clone();
        for (int i = 0; i < advantages.length; i++) {
            advantages[i] *= (float) correction.weight(proximal[i], packed.oldLogProbs()[i]);
        }
        return new Example(
                id,
                new PackedExample(
                        packed.tokens(),
                        packed.positions(),
                        packed.clean(),
                        packed.copy(),
                        packed.cleanLength(),
                        packed.targets(),
                        packed.labels(),
                        advantages,
                        proximal,
                        packed.weights()));
    }
}
