package dev.tracerl.core.pack;

import dev.tracerl.core.decode.BlockPartition;
import java.util.Arrays;

/** Collects the rows and targets of one {@link PackedExample}. Mutable; lives within one call of a packer. */
final class PackBuilder {

    private final TracedResponse response;
    private final PackSettings settings;
    private final BlockPartition partition;
    private final int[] sequence; // (T) prompt and response
    private final int cleanLength;
    private final IntList tokens = new IntList();
    private final IntList positions = new IntList();
    private final IntList clean = new IntList();
    private final IntList copy = new IntList();
    private final IntList targets = new IntList();
    private int copies;

    /** Starts with the clean rows: everything before the last block. */
    PackBuilder(TracedResponse response, PackSettings settings) {
        this.response = response;
        this.settings = settings;
        this.partition = BlockPartition.absolute(settings.blockSize());
        this.sequence = response.sequence();
        this.cleanLength = partition.startOfBlockAt(sequence.length - 1);
        for (int position = 0; position < cleanLength; position++) {
            addRow(sequence[position], position, partition.endOfBlockAt(position), -1);
        }
    }

    /**
     * Adds a noisy copy of a block, prompt tokens in it included; its masked kept tokens that are targets count.
     *
     * @param block absolute block number
     * @param masked {@code (R)} whether the response token is shown as mask; only the block's tokens are read
     * @param target {@code (R)} whether the response token is a target of this copy; tokens not kept never are
     */
    void addCopy(int block, boolean[] masked, boolean[] target) {
        int start = partition.start(block);
        int end = Math.min(partition.end(block), sequence.length);
        for (int position = start; position < end; position++) {
            int index = position - response.prompt().length;
            if (index >= 0 && index < response.keptTokens() && target[index]) {
                targets.add(tokens.size());
            }
            int token = index >= 0 && masked[index] ? settings.maskToken() : sequence[position];
            addRow(token, position, start, copies);
        }
        copies++;
    }

    PackedExample build() {
        int[] rows = targets.toArray();
        int[] rowPositions = positions.toArray();
        int[] rowCopies = copy.toArray();
        int[] labels = new int[rows.length];
        float[] advantages = new float[rows.length];
        float[] oldLogProbs = new float[rows.length];
        for (int t = 0; t < rows.length; t++) {
            int index = rowPositions[rows[t]] - response.prompt().length;
            labels[t] = response.response()[index];
            advantages[t] = response.advantages()[index];
            oldLogProbs[t] = response.hasLogProbs() ? response.logProbs()[index] : 0;
        }
        int[] slices = Arrays.stream(rows).map(row -> rowCopies[row]).toArray();
        float[] weights = TargetWeights.of(slices, settings);
        return new PackedExample(
                tokens.toArray(),
                rowPositions,
                clean.toArray(),
                rowCopies,
                cleanLength,
                rows,
                labels,
                advantages,
                oldLogProbs,
                weights);
    }

    private void addRow(int token, int position, int visible, int copyNumber) {
        tokens.add(token);
        positions.add(position);
        clean.add(visible);
        copy.add(copyNumber);
    }
}
