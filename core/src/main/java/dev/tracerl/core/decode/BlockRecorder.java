package dev.tracerl.core.decode;

import java.util.Arrays;

/** The growing sequence of one sample and what is recorded about it. Mutable; lives within one call of the sampler. */
final class BlockRecorder {

    private final int promptLength;
    private final BlockPartition partition;
    private final int maskToken;
    private int[] tokens; // (T) prompt, committed blocks, current block
    private int[] steps; // (T) 0 for the prompt
    private float[] logProbs; // (T) 0 for the prompt
    private long[] versions = {};
    private int blockStart;
    private int denoised;
    private int committed;

    BlockRecorder(int[] prompt, BlockPartition partition, int maskToken) {
        this.promptLength = prompt.length;
        this.partition = partition;
        this.maskToken = maskToken;
        this.tokens = prompt.clone();
        this.steps = new int[prompt.length];
        this.logProbs = new float[prompt.length];
    }

    void openBlock(long version) {
        int from = tokens.length;
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
    void reveal(boolean[] selected, BlockDraws draws) {
        denoised++;
        for (int i = 0; i < selected.length; i++) {
            if (selected[i]) {
                tokens[blockStart + i] = draws.tokens()[i];
                steps[blockStart + i] = denoised;
                logProbs[blockStart + i] = (float) Math.log(draws.probability()[i]);
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
        boolean[] masked = new boolean[partition.blockSize()];
        for (int i = 0; i < masked.length; i++) {
            masked[i] = blockStart + i >= promptLength && steps[blockStart + i] == 0;
        }
        return masked;
    }

    int block() {
        return partition.blockOf(blockStart);
    }

    BlockDraws.Place place(int step) {
        return new BlockDraws.Place(block(), blockStart, step);
    }

    /** Appends blocks of padding up to {@code length} response tokens, as if one more step had revealed them. */
    void pad(int length, int padToken) {
        while (responseLength() < length) {
            openBlock(versions[versions.length - 1]);
            Arrays.fill(tokens, blockStart, tokens.length, padToken);
            Arrays.fill(steps, blockStart, tokens.length, denoised + 1);
        }
    }

    /** {@code (blockSize)} tokens of the current block. */
    int[] blockTokens() {
        return Arrays.copyOfRange(tokens, blockStart, tokens.length);
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
