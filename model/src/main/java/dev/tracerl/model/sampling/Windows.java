package dev.tracerl.model.sampling;

import dev.tracerl.core.decode.FullSettings;
import dev.tracerl.model.torch.Tensor;
import dev.tracerl.model.torch.TensorScope;
import java.nio.IntBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The parts of some sequences that a step evaluates, as rows of equal width; what a shorter one lacks is hidden from it.
 * Equal sequences share a row.
 */
final class Windows {
    private final List<ActiveSequence> sequences;
    private final int[] starts; // (S) first position
    private final int[] lengths; // (S)
    private final int[] rows; // (S) row of each sequence
    private final int count; // rows
    private final int width;

    private Windows(List<ActiveSequence> sequences, int[] starts, int[] ends, int[] rows) {
        this.sequences = sequences;
        this.starts = starts;
        this.lengths =
                IntStream.range(0, starts.length).map(i -> ends[i] - starts[i]).toArray();
        this.rows = rows;
        this.count = IntStream.of(rows).max().orElse(-1) + 1;
        this.width = IntStream.of(lengths).max().orElse(0);
    }

    /** From the beginning to the end. In their first block, the samples of a group are still equal. */
    static Windows whole(List<ActiveSequence> sequences) {
        Map<IntBuffer, Integer> known = new HashMap<>();
        int[] rows = sequences.stream()
                .map(sequence -> IntBuffer.wrap(sequence.allTokens()))
                .mapToInt(tokens -> known.computeIfAbsent(tokens, key -> known.size()))
                .toArray();
        int[] ends = sequences.stream().mapToInt(ActiveSequence::capacity).toArray();
        return new Windows(sequences, new int[rows.length], ends, rows);
    }

    /** From the first position of the block to the horizon. */
    static Windows ofBlocks(List<ActiveSequence> sequences, FullSettings settings) {
        int[] starts = sequences.stream().mapToInt(ActiveSequence::blockStart).toArray();
        int[] ends = sequences.stream()
                .mapToInt(sequence -> settings.windowEnd(sequence.blockEnd(), sequence.capacity()))
                .toArray();
        return new Windows(
                sequences, starts, ends, IntStream.range(0, starts.length).toArray());
    }

    /** Number of sequences. */
    int size() {
        return sequences.size();
    }

    /** Most positions before a block. */
    int longestPrefix() {
        return sequences.stream().mapToInt(ActiveSequence::blockStart).max().orElse(0);
    }

    /** {@code (S)}; shared, must not be written. */
    int[] rows() {
        return rows;
    }

    /** Index into {@code (rows, width)} of a position of a block; the first of all for the one before it. */
    int row(int sequence, int offset) {
        int column = sequences.get(sequence).blockStart() - starts[sequence] + offset;
        return rows[sequence] * width + Math.max(0, column);
    }

    /** {@code (rows, width)}. */
    Tensor ids(TensorScope scope) {
        int[] ids = new int[count * width];
        for (int i = 0; i < starts.length; i++) {
            sequences.get(i).copy(starts[i], starts[i] + lengths[i], ids, rows[i] * width);
        }
        return scope.ints(ids, count, width);
    }

    /** {@code (rows)}, or one element if all are equal, which the program computes faster. */
    Tensor lengths(TensorScope scope) {
        return byRow(lengths, width, scope);
    }

    /** {@code (rows)}, or one element if all are equal to the length of the cache. */
    Tensor starts(int cached, TensorScope scope) {
        return byRow(starts, cached, scope);
    }

    private Tensor byRow(int[] values, int common, TensorScope scope) {
        if (IntStream.of(values).allMatch(value -> value == common)) {
            return scope.ints(new int[] {common}, 1);
        }
        int[] distinct = new int[count];
        for (int i = 0; i < values.length; i++) {
            distinct[rows[i]] = values[i];
        }
        return scope.ints(distinct, count);
    }
}
