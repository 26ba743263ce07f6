package dev.tracerl.model.selfcheck;

import dev.tracerl.core.decode.BlockPartition;
import dev.tracerl.core.pack.PackedExample;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Sequences of which the scores of every row are asked for. */
final class ScoreRows {
    private ScoreRows() {}

    /** Every token sees every token: one noisy copy without clean text. */
    static PackedExample full(int[] ids) {
        int[] rows = IntStream.range(0, ids.length).toArray();
        int[] zeros = new int[ids.length];
        return example(ids, rows, zeros, zeros, 0);
    }

    /** Clean text in blocks. */
    static PackedExample blocks(int[] ids, int blockSize) {
        BlockPartition partition = BlockPartition.absolute(blockSize);
        int[] rows = IntStream.range(0, ids.length).toArray();
        int[] clean = Arrays.stream(rows)
                .map(row -> Math.min(partition.endOfBlockAt(row), ids.length))
                .toArray();
        int[] copy = new int[ids.length];
        Arrays.fill(copy, -1);
        return example(ids, rows, clean, copy, ids.length);
    }

    /**
     * Prompt, clean response and a noisy copy of every block, which begin at the response.
     *
     * @param prompt length of the prompt
     * @param response length of the response
     */
    static PackedExample training(int[] ids, int[] positions, int blockSize, int prompt, int response) {
        BlockPartition partition = BlockPartition.responseAligned(blockSize, prompt);
        int cleanLength = prompt + response;
        int[] clean = new int[ids.length];
        int[] copy = new int[ids.length];
        for (int row = 0; row < ids.length; row++) {
            boolean noisy = row >= cleanLength;
            int position = noisy ? row - response : row;
            clean[row] = noisy
                    ? partition.startOfBlockAt(position)
                    : Math.min(partition.endOfBlockAt(position), cleanLength);
            copy[row] = noisy ? partition.blockOf(position) : -1;
        }
        return example(ids, positions, clean, copy, cleanLength);
    }

    private static PackedExample example(int[] ids, int[] positions, int[] clean, int[] copy, int cleanLength) {
        int[] targets = IntStream.range(0, ids.length).toArray();
        float[] zeros = new float[ids.length];
        return new PackedExample(
                ids, positions, clean, copy, cleanLength, targets, ids, zeros, zeros, zeros, new float[0]);
    }
}
