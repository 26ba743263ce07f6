package dev.tracerl.trainer.batch;

import dev.tracerl.core.loss.Correction;
import dev.tracerl.core.pack.PackedExample;

/**
 * A response ready for the network.
 *
 * @param id the trajectory, for messages
 * @param packed its rows and targets
 * @param rewards what its targets earned
 */
public record Example(String id, PackedExample packed, TargetRewards rewards) {

    /** An example that nobody judged. */
    public Example(String id, PackedExample packed) {
        this(id, packed, TargetRewards.NONE);
    }

    /** The same with other advantages, aligned with the targets. */
    public Example withAdvantages(float[] advantages) {
        return with(advantages, packed.oldLogProbs());
    }

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
        return with(advantages, proximal);
    }

    /** The same with log-probabilities, aligned with the targets, of the policy that the KL term keeps close to. */
    public Example referenced(float[] logProbs) {
        return new Example(id, packed.withReference(logProbs), rewards);
    }

    private Example with(float[] advantages, float[] oldLogProbs) {
        return new Example(id, packed.with(advantages, oldLogProbs), rewards);
    }
}
