package dev.tracerl.trainer.batch;

import dev.tracerl.core.pack.PackedExample;

/**
 * A response ready for the network.
 *
 * @param id the trajectory, for messages
 * @param packed its rows and targets
 */
public record Example(String id, PackedExample packed) {

    /** The same rows and targets with other denominators of the ratio. */
    public Example withOldLogProbs(float[] oldLogProbs) {
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
                        packed.advantages(),
                        oldLogProbs,
                        packed.weights()));
    }
}
