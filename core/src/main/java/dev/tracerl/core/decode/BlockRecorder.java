package dev.tracerl.core.decode;

import java.util.Arrays;

/** The growing sequence of one sample and what is recorded about it. Mutable; lives within one call of the sampler. */
final class BlockRecorder {

    private final int promptLength;
    private final int blockSize;
    private final int maskToken;
    private int[] tokens; // (T) prompt, committed blocks, current block
    private int[] steps; // (T) 0 for the prompt
    private float[] logProbs; // (T) 0 for the prompt
    private long[] versions = {};
    private int blockStart;
    private int denoised;
    private int committed;

    BlockRecorder(int[] prompt, int blockSize, int maskToken) {
        this.promptLength = prompt.length;
        this.blockSize = blockSize;
        this.maskToken = maskToken;
        this.tokens = prompt.clone();
        this.steps = new int[prompt.length];
        this.logProbs = new float[prompt.length];
    }

    void openBlock(long version) {
        int from = tokens.length;
        BlockPartition partition = BlockPartition.absolute(blockSize);
        blockStart = partition.startOfBlockAt(from);
        int end = partition.endOfBlockAt(from);
        tokens = Arrays.copyOf(tokens, end);
        Arrays.fill(tokens, from, end, maskToken);
        steps = Arrays.copyOf(steps, end);
        logProbs = Arrays.copyOf(logProbs, end);
        versions = Arrays.copyOf(versions, versions.length + 1);
        versions[versions.length - 1] = version;
    }

    /** Writes the drawn tokens of the selected positions and counts one denoising forward. */
    void reveal(boolean[] selected, int[] drawn, double[] probability) {
        denoised++;
        for (int i = 0; i < blockSize; i++) {
            if (selected[i]) {
                tokens[blockStart + i] = drawn[i];
                steps[blockStart + i] = denoised;
                logProbs[blockStart + i] = (float) Math.log(probability[i]);
            }
        }
    }

    void commit() {
        committed++;
    }

    boolean hasMasks() {
        for (boolean value : masked()) {
            if (value) {
                return true;
            }
        }
        return false;
    }

    /** {@code (blockSize)}; a prompt token never counts as masked, whatever its id. */
    boolean[] masked() {
        boolean[] masked = new boolean[blockSize];
        for (int i = 0; i < blockSize; i++) {
            masked[i] = blockStart + i >= promptLength && steps[blockStart + i] == 0;
        }
        return masked;
    }

    int block() {
        return blockStart / blockSize;
    }

    int blockStart() {
        return blockStart;
    }

    int[] tokens() {
        return tokens;
    }

    int[] response() {
        return Arrays.copyOfRange(tokens, promptLength, tokens.length);
    }

    int responseLength() {
        return tokens.length - promptLength;
    }

    SampledResponse finish(StopRule.Stop stop) {
        return new SampledResponse(
                response(),
                Arrays.copyOfRange(steps, promptLength, steps.length),
                Arrays.copyOfRange(logProbs, promptLength, logProbs.length),
                versions,
                stop.keptTokens(),
                denoised + committed,
                stop.reason());
    }
}
