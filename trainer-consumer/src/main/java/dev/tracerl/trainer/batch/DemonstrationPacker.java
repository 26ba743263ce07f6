package dev.tracerl.trainer.batch;

import dev.tracerl.core.decode.CounterRandom;
import dev.tracerl.core.pack.Demonstration;
import dev.tracerl.core.pack.MaskRange;
import dev.tracerl.core.pack.MaskedPacker;
import dev.tracerl.core.pack.PackSettings;
import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.core.pack.TracePacker;

/**
 * Masks demonstrations for supervised training. A demonstration is masked differently in every epoch, and in the same
 * way by every trainer of the run.
 *
 * @param settings layout
 * @param order how masks are drawn
 * @param seed the run's seed
 */
public record DemonstrationPacker(PackSettings settings, Order order, long seed) {

    /** How the masks of a demonstration are drawn. */
    public sealed interface Order {}

    /**
     * Along the recorded trace, or where there is none along a trace in random order.
     *
     * @param tokensPerStep tokens that a step of the random order reveals
     */
    public record RandomOrder(int tokensPerStep) implements Order {}

    /**
     * Noisy copies with a random subset masked: of each block, or with full attention of the response.
     *
     * @param range probabilities of a token to be masked
     */
    public record RandomMasks(MaskRange range) implements Order {}

    /**
     * Block by block, with a random subset of each block masked, also with full attention.
     *
     * @param range probabilities of a token to be masked
     */
    public record SemiAutoregressive(MaskRange range) implements Order {}

    /**
     * One demonstration of one epoch.
     *
     * @param index its number within the epoch
     */
    public PackedExample pack(Demonstration demonstration, int epoch, int index) {
        CounterRandom random = new CounterRandom(seed, "epoch-" + epoch, index);
        if (order instanceof RandomOrder trace) {
            return demonstration.hasSteps()
                    ? TracePacker.pack(demonstration.recorded(), settings)
                    : MaskedPacker.randomOrder(demonstration, settings, trace.tokensPerStep(), random);
        }
        return order instanceof SemiAutoregressive blocks
                ? MaskedPacker.semiAutoregressive(demonstration, settings, blocks.range(), random)
                : MaskedPacker.random(demonstration, settings, ((RandomMasks) order).range(), random);
    }
}
