package dev.tracerl.model.sampling;

import dev.tracerl.model.torch.Tensor;
import dev.tracerl.model.torch.TensorScope;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntBinaryOperator;

/** Masked positions of the current blocks of some sequences, {@code (M)}, with the random numbers of a step. */
final class OpenPositions {
    private final List<ActiveSequence> sequences;
    private final int blockSize;
    private final int[] indices; // (M) into (S, blockSize)
    private final int count;

    private OpenPositions(List<ActiveSequence> sequences, int blockSize, int[] indices) {
        this.sequences = sequences;
        this.blockSize = blockSize;
        this.indices = indices;
        this.count = indices.length;
    }

    /** All masked positions. */
    static OpenPositions all(List<ActiveSequence> sequences, int blockSize) {
        return of(sequences, blockSize, blockSize);
    }

    /** The first position of every block. */
    static OpenPositions first(List<ActiveSequence> sequences, int blockSize) {
        return of(sequences, blockSize, 1);
    }

    private static OpenPositions of(List<ActiveSequence> sequences, int blockSize, int offsets) {
        int[] indices = new int[sequences.size() * blockSize];
        int count = 0;
        for (int i = 0; i < sequences.size(); i++) {
            for (int offset = 0; offset < offsets; offset++) {
                if (sequences.get(i).masked(offset)) {
                    indices[count++] = i * blockSize + offset;
                }
            }
        }
        return new OpenPositions(sequences, blockSize, Arrays.copyOf(indices, count));
    }

    /** {@code (M)} indices into {@code (S, blockSize)}. */
    Tensor indices(TensorScope scope) {
        return scope.ints(indices, count);
    }

    /**
     * {@code (2, M)}: rows that score the positions, and indices into {@code (S, blockSize)}.
     *
     * @param row from the index of a sequence and an offset in its block to a row
     */
    Tensor rowsAndIndices(IntBinaryOperator row, TensorScope scope) {
        int[] values = Arrays.copyOf(indices, 2 * count);
        System.arraycopy(indices, 0, values, count, count);
        for (int m = 0; m < count; m++) {
            values[m] = row.applyAsInt(indices[m] / blockSize, indices[m] % blockSize);
        }
        return scope.ints(values, 2, count);
    }

    /**
     * Quantiles to draw with, {@code (M)}.
     *
     * @param ordered whether a random confidence for each follows, {@code (2 M)}
     */
    Tensor randoms(int step, boolean ordered, TensorScope scope) {
        double[] values = new double[ordered ? 2 * count : count];
        for (int m = 0; m < count; m++) {
            ActiveSequence sequence = sequences.get(indices[m] / blockSize);
            int offset = indices[m] % blockSize;
            values[m] = sequence.uniform(step, offset);
            if (ordered) {
                values[count + m] = sequence.order(step, offset);
            }
        }
        return scope.doubles(values, values.length);
    }

    /**
     * Writes the revealed tokens into the sequences.
     *
     * @param drawn {@code (2, M)} drawn tokens, then 1 where revealed
     * @param logProbs {@code (M)}
     * @return false if a log-probability is not finite
     */
    boolean reveal(int[] drawn, float[] logProbs) {
        sequences.forEach(ActiveSequence::countForward);
        boolean finite = true;
        for (int m = 0; m < count; m++) {
            finite &= Float.isFinite(logProbs[m]);
            if (drawn[count + m] != 0) {
                sequences.get(indices[m] / blockSize).reveal(indices[m] % blockSize, drawn[m], logProbs[m]);
            }
        }
        return finite;
    }
}
