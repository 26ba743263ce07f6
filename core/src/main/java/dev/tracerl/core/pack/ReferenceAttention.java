package dev.tracerl.core.pack;

import dev.tracerl.core.decode.BlockPartition;

/** Visibility in the published layout: {@code length} clean rows, then the noisy copy of {@code [noisyStart, length)}. */
final class ReferenceAttention {

    private ReferenceAttention() {}

    /** Without padding: clean rows are block-causal; a noisy row sees earlier clean blocks and its own noisy block. */
    static boolean[][] extended(int length, int noisyStart, BlockPartition partition) {
        int rows = 2 * length - noisyStart;
        boolean[][] sees = new boolean[rows][rows];
        for (int i = 0; i < length; i++) {
            for (int j = 0; j < length; j++) {
                sees[i][j] = partition.blockOf(j) <= partition.blockOf(i);
            }
        }
        for (int i = noisyStart; i < length; i++) {
            boolean[] row = sees[length + i - noisyStart];
            for (int j = 0; j < length; j++) {
                row[j] = partition.blockOf(j) < partition.blockOf(i);
                if (j >= noisyStart) {
                    row[length + j - noisyStart] = partition.blockOf(j) == partition.blockOf(i);
                }
            }
        }
        return sees;
    }

    /** Padding of the prompt is invisible; a prompt row that would see nothing sees itself. */
    static boolean[][] padded(int[] sequence, int promptLength, BlockPartition partition, int padToken) {
        boolean[][] sees = extended(sequence.length, promptLength, partition);
        for (int j = 0; j < promptLength; j++) {
            if (sequence[j] == padToken) {
                for (boolean[] row : sees) {
                    row[j] = false;
                }
            }
        }
        for (int i = 0; i < promptLength; i++) {
            boolean blind = true;
            for (boolean value : sees[i]) {
                blind &= !value;
            }
            sees[i][i] |= blind;
        }
        return sees;
    }
}
