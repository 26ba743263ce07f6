package dev.tracerl.core.pack;

import dev.tracerl.core.decode.BlockPartition;
import dev.tracerl.core.decode.CounterRandom;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Packs demonstrations, which have no trace, for supervised training. Advantages are 1 and old log-probabilities 0. The
 * same random numbers give the same example: open another {@link CounterRandom} for every epoch.
 */
public final class MaskedPacker {

    private static final int RATIO = -1; // the "position" from which a copy's mask ratio is drawn

    private MaskedPacker() {}

    /**
     * Noisy copies of every block with random tokens masked; the masked kept tokens are the targets.
     *
     * <p>A copy in which no kept token is masked by chance masks the one that was closest to it, so that every copy has a
     * target. Blocks without kept tokens have no copy.
     */
    public static PackedExample random(
            Demonstration demonstration, PackSettings settings, MaskRange range, CounterRandom random) {
        int start = demonstration.prompt().length;
        BlockPartition partition = BlockPartition.absolute(settings.blockSize());
        PackBuilder builder = new PackBuilder(demonstration.traced(new int[demonstration.response().length]), settings);
        int lastBlock = partition.blockOf(start + demonstration.keptTokens() - 1);
        for (int block = partition.blockOf(start); block <= lastBlock; block++) {
            for (int copy = 0; copy < range.copiesPerBlock(); copy++) {
                boolean[] masked = mask(demonstration, partition, new Draw(random, block, copy), range);
                builder.addCopy(block, masked, masked);
            }
        }
        return builder.build();
    }

    /**
     * A trace that reveals {@code tokensPerStep} tokens at a time in a random order within each block, packed as
     * {@link TracePacker} does: every kept token is a target once.
     */
    public static PackedExample randomOrder(
            Demonstration demonstration, PackSettings settings, int tokensPerStep, CounterRandom random) {
        if (tokensPerStep < 1) {
            throw new IllegalArgumentException("tokensPerStep is " + tokensPerStep + ", must be at least 1");
        }
        BlockPartition partition = BlockPartition.absolute(settings.blockSize());
        int start = demonstration.prompt().length;
        int[] stepMap = new int[demonstration.response().length];
        int from = 0;
        while (from < stepMap.length) {
            int block = partition.blockOf(start + from);
            int to = Math.min(partition.end(block) - start, stepMap.length);
            int[] order = shuffled(from, to, start, new Draw(random, block, 0));
            for (int rank = 0; rank < order.length; rank++) {
                stepMap[order[rank]] = 1 + rank / tokensPerStep;
            }
            from = to;
        }
        return TracePacker.pack(demonstration.traced(stepMap), settings);
    }

    private static boolean[] mask(Demonstration demonstration, BlockPartition partition, Draw draw, MaskRange range) {
        int start = demonstration.prompt().length;
        int from = Math.max(partition.start(draw.block()) - start, 0);
        int to = Math.min(partition.end(draw.block()) - start, demonstration.response().length);
        int kept = Math.min(to, demonstration.keptTokens());
        double ratio = range.min() + (range.max() - range.min()) * draw.at(RATIO);
        boolean[] masked = new boolean[demonstration.response().length];
        for (int i = from; i < to; i++) {
            masked[i] = draw.at(start + i) < ratio;
        }
        masked[shuffled(from, kept, start, draw)[0]] = true;
        return masked;
    }

    /** Response indices {@code [from, to)} by their random numbers, ascending. */
    private static int[] shuffled(int from, int to, int start, Draw draw) {
        return IntStream.range(from, to)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> draw.at(start + i)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Random numbers of one copy of one block. */
    private record Draw(CounterRandom random, int block, int copy) {
        double at(int position) {
            return random.uniform(block, copy, position);
        }
    }
}
