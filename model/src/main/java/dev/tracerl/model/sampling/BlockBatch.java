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
            sequences.get(i).copyBlock(ids, i * blockSize);
        }
        return scope.ints(ids, starts.length, blockSize);
    }

    /** {@code (S)}, or one element if all are equal, which the program computes faster. */
    Tensor starts(TensorScope scope) {
        boolean uniform = Arrays.stream(starts).allMatch(start -> start == starts[0]);
        return uniform ? scope.ints(new int[] {starts[0]}, 1) : scope.ints(starts, starts.length);
    }

    /** The masked positions, with the uniforms to draw them in the given step. */
    Open open(int step) {
        int[] indices = new int[starts.length * blockSize];
        double[] uniforms = new double[indices.length];
        int count = 0;
        for (int i = 0; i < starts.length; i++) {
            for (int offset = 0; offset < blockSize; offset++) {
                if (sequences.get(i).masked(offset)) {
                    uniforms[count] = sequences.get(i).uniform(step, offset);
                    indices[count++] = i * blockSize + offset;
                }
            }
        }
        return new Open(Arrays.copyOf(indices, count), Arrays.copyOf(uniforms, count));
    }

    /** Masked positions, {@code (M)}: indices into {@code (S, blockSize)} and a uniform for each. */
    final class Open {
        private final int[] indices;
        private final double[] uniforms;

        private Open(int[] indices, double[] uniforms) {
            this.indices = indices;
            this.uniforms = uniforms;
        }

        Tensor indices(TensorScope scope) {
            return scope.ints(indices, indices.length);
        }

        Tensor uniforms(TensorScope scope) {
            return scope.doubles(uniforms, uniforms.length);
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
            for (int m = 0; m < indices.length; m++) {
                finite &= Float.isFinite(logProbs[m]);
                if (drawn[indices.length + m] != 0) {
                    sequences.get(indices[m] / blockSize).reveal(indices[m] % blockSize, drawn[m], logProbs[m]);
                }
            }
            return finite;
        }
    }
}
