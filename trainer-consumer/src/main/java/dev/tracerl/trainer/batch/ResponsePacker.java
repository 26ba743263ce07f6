package dev.tracerl.trainer.batch;

import dev.tracerl.core.decode.CounterRandom;
import dev.tracerl.core.pack.MaskRange;
import dev.tracerl.core.pack.MaskedPacker;
import dev.tracerl.core.pack.PackSettings;
import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.core.pack.TracePacker;
import dev.tracerl.core.pack.TracedResponse;

/**
 * Lays out sampled responses for training. Random masks follow from the run's seed, the group and the sample alone: they
 * are the same for every trainer of the run, and in every pass over a step's groups.
 *
 * @param settings layout
 * @param slices which tokens are targets together
 * @param seed the run's seed
 */
public record ResponsePacker(PackSettings settings, Slices slices, long seed) {

    private static final String MASKS = "/masks"; // keeps the masks' random numbers apart from the sampler's

    /** Which tokens of a response are targets together. */
    public sealed interface Slices {}

    /** Those that were unmasked in one step. */
    public record Trace() implements Slices {}

    /**
     * Random subsets.
     *
     * @param range how many, and probabilities of a token to be masked
     * @param coupled whether each goes with its complement
     */
    public record Random(MaskRange range, boolean coupled) implements Slices {}

    /** A packer that follows the recorded traces. */
    public static ResponsePacker trace(PackSettings settings) {
        return new ResponsePacker(settings, new Trace(), 0);
    }

    /**
     * One response.
     *
     * @param groupId its group
     * @param sample its number within the group
     */
    public PackedExample pack(TracedResponse response, String groupId, int sample) {
        if (slices instanceof Random random) {
            CounterRandom numbers = new CounterRandom(seed, groupId + MASKS, sample);
            return random.coupled()
                    ? MaskedPacker.coupled(response, settings, random.range(), numbers)
                    : MaskedPacker.random(response, settings, random.range(), numbers);
        }
        return TracePacker.pack(response, settings);
    }
}
