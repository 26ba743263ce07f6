package dev.tracerl.core.pack;

import dev.tracerl.core.decode.BlockPartition;
import dev.tracerl.core.decode.CounterRandom;
import java.util.Comparator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Random masks of one response, block by block. */
final class RandomMasks {

    private static final int RATIO = -1; // the "position" from which a copy's mask ratio is drawn

    private final TracedResponse response;
    private final PackBuilder builder;
    private final BlockPartition partition;
    private final MaskRange range;
    private final CounterRandom random;

    /** Masks over the blocks of the packed example. */
    RandomMasks(TracedResponse response, PackBuilder builder, MaskRange range, CounterRandom random) {
        this(response, builder, builder.partition(), range, random);
    }

    /** Masks over other blocks. */
    RandomMasks(
            TracedResponse response,
            PackBuilder builder,
            BlockPartition partition,
            MaskRange range,
            CounterRandom random) {
        this.response = response;
        this.builder = builder;
        this.partition = partition;
        this.range = range;
        this.random = random;
    }

    int firstBlock() {
        return partition.blockOf(start());
    }

    int lastBlock() {
        return partition.blockOf(start() + response.response().length - 1);
    }

    /** Whether the block has a trained token. */
    boolean trains(int block) {
        return trained(block, index -> true).findAny().isPresent();
    }

    /** Whether a trained token of the block is masked. */
    boolean trainsAny(int block, boolean[] masked) {
        return trained(block, index -> masked[index]).findAny().isPresent();
    }

    /** {@code (R)} with random tokens of the block set, at least one of them trained. */
    boolean[] mask(int block, int copy) {
        double ratio = range.min() + (range.max() - range.min()) * random.uniform(block, copy, RATIO);
        boolean[] masked = new boolean[response.response().length];
        indices(block).forEach(i -> masked[i] = number(block, copy, i) < ratio);
        trained(block, index -> true)
                .boxed()
                .min(Comparator.comparingDouble(i -> number(block, copy, i)))
                .ifPresent(closest -> masked[closest] = true);
        return masked;
    }

    static boolean[] complement(boolean[] masked) {
        boolean[] complement = new boolean[masked.length];
        for (int i = 0; i < masked.length; i++) {
            complement[i] = !masked[i];
        }
        return complement;
    }

    private double number(int block, int copy, int index) {
        return random.uniform(block, copy, start() + index);
    }

    private IntStream trained(int block, IntPredicate condition) {
        return indices(block).filter(builder::trained).filter(condition);
    }

    /** Response indices of the block. */
    private IntStream indices(int block) {
        int from = Math.max(partition.start(block) - start(), 0);
        return IntStream.range(from, Math.min(partition.end(block) - start(), response.response().length));
    }

    private int start() {
        return response.prompt().length;
    }
}
