package dev.tracerl.core.pack;

import dev.tracerl.core.decode.BlockPartition;
import dev.tracerl.core.decode.CounterRandom;
import java.util.Comparator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Packs responses without regard to how they were revealed: with random masks, or along a random order. The same random
 * numbers give the same example: open another {@link CounterRandom} wherever masks should differ.
 *
 * <p>With full attention the whole response is one block, and a noisy copy shows all of it.
 */
public final class MaskedPacker {

    private MaskedPacker() {}

    /** Random masks on a demonstration, as {@link #random(TracedResponse, PackSettings, MaskRange, CounterRandom)}. */
    public static PackedExample random(
            Demonstration demonstration, PackSettings settings, MaskRange range, CounterRandom random) {
        return random(demonstration.untraced(), settings, range, random);
    }

    /**
     * Noisy copies of every block with random tokens masked; the masked tokens that are trained are the targets.
     *
     * <p>A copy in which no trained token is masked by chance masks the one that was closest to it, so that every copy
     * has a target. Blocks without trained tokens have no copy.
     */
    public static PackedExample random(
            TracedResponse response, PackSettings settings, MaskRange range, CounterRandom random) {
        return pack(response, settings, range, random, false);
    }

    /**
     * As {@link #random(TracedResponse, PackSettings, MaskRange, CounterRandom)}, each copy followed by its complement,
     * which masks what the copy shows: every trained token is a target once in each pair. A complement without targets is
     * left out.
     */
    public static PackedExample coupled(
            TracedResponse response, PackSettings settings, MaskRange range, CounterRandom random) {
        return pack(response, settings, range, random, true);
    }

    /**
     * With full attention, what {@link #random(Demonstration, PackSettings, MaskRange, CounterRandom)} is with blocks: the
     * response is cut into blocks from its start, and each noisy copy has random masks within one block, shows the blocks
     * before it and masks those after it.
     */
    public static PackedExample semiAutoregressive(
            Demonstration demonstration, PackSettings settings, MaskRange range, CounterRandom random) {
        if (!settings.layout().full()) {
            return random(demonstration, settings, range, random);
        }
        TracedResponse response = demonstration.untraced();
        PackBuilder builder = new PackBuilder(response, settings);
        int start = response.prompt().length;
        BlockPartition blocks = BlockPartition.responseAligned(settings.blockSize(), start);
        RandomMasks masks = new RandomMasks(response, builder, blocks, range, random);
        for (int block = masks.firstBlock(); block <= masks.lastBlock(); block++) {
            for (int copy = 0; copy < range.copiesPerBlock() && masks.trains(block); copy++) {
                boolean[] target = masks.mask(block, copy);
                boolean[] masked = target.clone();
                for (int i = blocks.end(block) - start; i < masked.length; i++) {
                    masked[i] = true;
                }
                builder.addCopy(0, masked, target);
            }
        }
        return builder.build();
    }

    /**
     * A trace that reveals {@code tokensPerStep} tokens at a time in a random order within each block, packed as
     * {@link TracePacker} does: every trained token is a target once.
     */
    public static PackedExample randomOrder(
            Demonstration demonstration, PackSettings settings, int tokensPerStep, CounterRandom random) {
        if (tokensPerStep < 1) {
            throw new IllegalArgumentException("tokensPerStep is " + tokensPerStep + ", must be at least 1");
        }
        int start = demonstration.prompt().length;
        int[] stepMap = new int[demonstration.response().length];
        BlockPartition partition = settings.partition(start, stepMap.length);
        int from = 0;
        while (from < stepMap.length) {
            int block = partition.blockOf(start + from);
            int to = Math.min(partition.end(block) - start, stepMap.length);
            int[] order = shuffled(from, to, i -> random.uniform(block, 0, start + i));
            for (int rank = 0; rank < order.length; rank++) {
                stepMap[order[rank]] = 1 + rank / tokensPerStep;
            }
            from = to;
        }
        return TracePacker.pack(demonstration.traced(stepMap), settings);
    }

    private static PackedExample pack(
            TracedResponse response, PackSettings settings, MaskRange range, CounterRandom random, boolean coupled) {
        PackBuilder builder = new PackBuilder(response, settings);
        RandomMasks masks = new RandomMasks(response, builder, range, random);
        for (int block = masks.firstBlock(); block <= masks.lastBlock(); block++) {
            for (int copy = 0; copy < range.copiesPerBlock() && masks.trains(block); copy++) {
                boolean[] masked = masks.mask(block, copy);
                builder.addCopy(block, masked, masked);
                boolean[] complement = RandomMasks.complement(masked);
                if (coupled && masks.trainsAny(block, complement)) {
                    builder.addCopy(block, complement, complement);
                }
            }
        }
        return builder.build();
    }

    /** Response indices {@code [from, to)} by their random numbers, ascending. */
    private static int[] shuffled(int from, int to, IntToDoubleFunction number) {
        return IntStream.range(from, to)
                .boxed()
                .sorted(Comparator.comparingDouble(number::applyAsDouble))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
