package dev.tracerl.model.sampling;

import dev.tracerl.core.decode.BlockPartition;
import dev.tracerl.core.decode.CounterRandom;
import dev.tracerl.core.decode.SampledResponse;
import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.core.decode.StopReason;
import dev.tracerl.core.decode.StopRule;
import java.util.Arrays;
import java.util.Optional;

/** A sequence that is being generated, with what is recorded about it. The current block is its last. */
final class ActiveSequence {
    private final SampleRequest request;
    private final CounterRandom random;
    private final BlockPartition partition;
    private final int blockSize;
    private final int[] tokens; // (capacity) prompt, finished blocks, current block, masks
    private final int[] steps; // (capacity) 0 for the prompt and where masked
    private final float[] logProbs; // (capacity)
    private long[] versions = {};
    private int blockStart;
    private int seen;
    private int denoised;

    /** @param partition where the request's blocks start */
    ActiveSequence(SampleRequest request, SamplerSettings settings, BlockPartition partition, int maskToken) {
        this.request = request;
        this.random = new CounterRandom(request.seed(), request.groupKey(), request.sample());
        this.partition = partition;
        this.blockSize = partition.blockSize();
        int length = request.prompt().length;
        int capacity = capacity(length, settings.maxTokens(), partition);
        this.tokens = Arrays.copyOf(request.prompt(), capacity);
        Arrays.fill(tokens, length, capacity, maskToken);
        this.steps = new int[capacity];
        this.logProbs = new float[capacity];
        this.blockStart = partition.startOfBlockAt(length);
    }

    /** Tokens of the prompt and the longest response, up to the end of the last block. */
    static int capacity(int promptLength, int maxTokens, BlockPartition partition) {
        return partition.endOfBlockAt(Math.addExact(promptLength, maxTokens - 1));
    }

    SampleRequest request() {
        return request;
    }

    int capacity() {
        return tokens.length;
    }

    int blockStart() {
        return blockStart;
    }

    int blockEnd() {
        return blockStart + blockSize;
    }

    void openBlock(long version) {
        versions = Arrays.copyOf(versions, versions.length + 1);
        versions[versions.length - 1] = version;
    }

    boolean masked(int offset) {
        return blockStart + offset >= request.prompt().length && steps[blockStart + offset] == 0;
    }

    boolean denoising() {
        for (int offset = 0; offset < blockSize; offset++) {
            if (masked(offset)) {
                return true;
            }
        }
        return false;
    }

    double uniform(int step, int offset) {
        return random.uniform(partition.blockOf(blockStart), step, blockStart + offset);
    }

    double order(int step, int offset) {
        return random.order(partition.blockOf(blockStart), step, blockStart + offset);
    }

    /** {@code (T)} prompt, finished blocks and current block. */
    int[] visibleTokens() {
        return Arrays.copyOf(tokens, blockEnd());
    }

    /** {@code (capacity)} the sequence with masks up to its whole length; shared, must not be written. */
    int[] allTokens() {
        return tokens;
    }

    /** {@code (R)} tokens of finished blocks and the current one, without the prompt. */
    int[] response() {
        return Arrays.copyOfRange(tokens, request.prompt().length, blockEnd());
    }

    /** {@code (blockSize)} tokens of the current block. */
    int[] block() {
        return Arrays.copyOfRange(tokens, blockStart, blockEnd());
    }

    void copy(int from, int to, int[] target, int at) {
        System.arraycopy(tokens, from, target, at, to - from);
    }

    /** Counts a forward; the reveals that follow belong to it. */
    void countForward() {
        denoised++;
    }

    void reveal(int offset, int token, float logProb) {
        tokens[blockStart + offset] = token;
        steps[blockStart + offset] = denoised;
        logProbs[blockStart + offset] = logProb;
    }

    /** Whether the response ends with the current block. */
    Optional<StopRule.Stop> check(StopRule rule) {
        Optional<StopRule.Stop> stop = rule.check(response(), seen);
        seen = blockEnd() - request.prompt().length;
        return stop;
    }

    void nextBlock() {
        blockStart += blockSize;
    }

    /** Fills the blocks after the current one, up to the whole length, as if one more step had revealed them. */
    void pad(int padToken) {
        while (blockEnd() < tokens.length) {
            nextBlock();
            openBlock(versions[versions.length - 1]);
            Arrays.fill(tokens, blockStart, blockEnd(), padToken);
            Arrays.fill(steps, blockStart, blockEnd(), denoised + 1);
        }
    }

    int blocks() {
        return versions.length;
    }

    /** @param commits forwards besides those that denoise */
    FinishedSample finish(StopRule.Stop stop, int commits) {
        return sample(blockEnd(), stop, denoised + commits);
    }

    /** The blocks before the current one as if they were all. */
    FinishedSample finished() {
        int tokens = blockStart - request.prompt().length;
        return sample(blockStart, new StopRule.Stop(tokens, StopReason.LENGTH), denoised);
    }

    private FinishedSample sample(int to, StopRule.Stop stop, int forwards) {
        int from = request.prompt().length;
        SampledResponse response = new SampledResponse(
                Arrays.copyOfRange(tokens, from, to),
                Arrays.copyOfRange(steps, from, to),
                Arrays.copyOfRange(logProbs, from, to),
                versions,
                stop.keptTokens(),
                forwards,
                stop.reason());
        return new FinishedSample(request, response);
    }
}
