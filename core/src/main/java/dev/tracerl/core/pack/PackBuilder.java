package dev.tracerl.core.pack;

import dev.tracerl.core.decode.BlockPartition;
import java.util.Arrays;

/** Collects the rows and targets of one {@link PackedExample}. Mutable; lives within one call of a packer. */
final class PackBuilder {

    private final TracedResponse response;
    private final PackSettings settings;
    private final BlockPartition partition;
    private final int[] sequence; // (T) prompt and response
    private final boolean[] trained; // (R)
    private final int cleanLength;
    private final IntList tokens = new IntList();
    private final IntList positions = new IntList();
    private final IntList clean = new IntList();
    private final IntList copy = new IntList();
    private final IntList targets = new IntList();
    private int copies;

    /**
     * Starts with the clean rows: everything before the last block.
     *
     * @throws IllegalArgumentException if the first response token has no row that scores it
     */
    PackBuilder(TracedResponse response, PackSettings settings) {
        if (response.prompt().length < settings.layout().shift()) {
            throw new IllegalArgumentException("the prompt is empty: nothing scores the first response token");
        }
        this.response = response;
        this.settings = settings;
        this.partition = settings.partition(response.prompt().length, response.response().length);
        this.trained = settings.padding().trained(response.response(), response.keptTokens());
        this.sequence = response.sequence();
        this.cleanLength = partition.startOfBlockAt(sequence.length - 1);
        for (int position = 0; position < cleanLength; position++) {
            addRow(sequence[position], position, partition.endOfBlockAt(position), -1);
        }
    }

    /** The blocks in absolute positions. */
    BlockPartition partition() {
        return partition;
    }

    /** Whether a response token may be a target. */
    boolean trained(int index) {
        return trained[index];
    }

    /**
     * Adds a noisy copy of a block, prompt tokens in it included.
     *
     * @param block its number in the partition
     * @param masked {@code (R)} whether the response token is shown as mask; only the block's tokens are read
     * @param target {@code (R)} whether the response token is a target of this copy; tokens not trained never are
     */
    void addCopy(int block, boolean[] masked, boolean[] target) {
        int start = partition.start(block);
        int end = Math.min(partition.end(block), sequence.length);
        for (int position = start; position < end; position++) {
            int index = position - response.prompt().length;
            if (index >= 0 && trained[index] && target[index]) {
                targets.add(tokens.size() - settings.layout().shift());
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
            int index = rowPositions[rows[t]] + settings.layout().shift() - response.prompt().length;
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
                weights,
                new float[0]);
    }

    private void addRow(int token, int position, int visible, int copyNumber) {
        tokens.add(token);
        positions.add(position);
        clean.add(visible);
        copy.add(copyNumber);
    }
}
