package dev.tracerl.model.sampling;

import dev.tracerl.model.torch.Tensor;
import dev.tracerl.model.torch.TensorScope;
import java.util.Arrays;
import java.util.List;

/** The current blocks of some sequences as arrays. */
final class BlockBatch {
    private final List<ActiveSequence> sequences;
    private final int blockSize;
    private final int[] starts; // (S)

    BlockBatch(List<ActiveSequence> sequences, int blockSize) {
        this.sequences = sequences;
        this.blockSize = blockSize;
        this.starts = sequences.stream().mapToInt(ActiveSequence::blockStart).toArray();
    }

    int longestPrefix() {
        return Arrays.stream(starts).max().orElse(0);
    }

    /** {@code (S, blockSize)}. */
    Tensor ids(TensorScope scope) {
        int[] ids = new int[starts.length * blockSize];
        for (int i = 0; i < starts.length; i++) {
            ActiveSequence sequence = sequences.get(i);
            sequence.copy(sequence.blockStart(), sequence.blockEnd(), ids, i * blockSize);
        }
        return scope.ints(ids, starts.length, blockSize);
    }

    /** {@code (S)}, or one element if all are equal, which the program computes faster. */
    Tensor starts(TensorScope scope) {
        boolean uniform = Arrays.stream(starts).allMatch(start -> start == starts[0]);
        return uniform ? scope.ints(new int[] {starts[0]}, 1) : scope.ints(starts, starts.length);
    }
}
