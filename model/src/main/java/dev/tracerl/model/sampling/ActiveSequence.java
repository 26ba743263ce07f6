package dev.tracerl.model.sampling;

import dev.tracerl.core.decode.BlockPartition;
import dev.tracerl.core.decode.CounterRandom;
import dev.tracerl.core.decode.SampledResponse;
import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.core.decode.StopRule;
import java.util.Arrays;
import java.util.Optional;

/** A sequence that is being generated, with what is recorded about it. The current block is its last. */
final class ActiveSequence {
    private final SampleRequest request;
    private final CounterRandom random;
    private final int blockSize;
    private final int maskToken;
    private final int[] tokens; // (capacity) prompt, finished blocks, current block
    private final int[] steps; // (capacity) 0 for the prompt and where masked
    private final float[] logProbs; // (capacity)
    private long[] versions = {};
    private int blockStart;
    private int seen;
    private int denoised;

    ActiveSequence(SampleRequest request, SamplerSettings settings, int maskToken) {
        this.request = request;
        this.random = new CounterRandom(request.seed(), request.groupKey(), request.sample());
        this.blockSize = settings.blockSize();
        this.maskToken = maskToken;
        int capacity = capacity(request, settings);
        this.tokens = Arrays.copyOf(request.prompt(), capacity);
        this.steps = new int[capacity];
        this.logProbs = new float[capacity];
        this.blockStart = BlockPartition.absolute(blockSize).startOfBlockAt(request.prompt().length);
    }

    /** Tokens of the prompt and the longest response, up to the end of the last block. */
    static int capacity(SampleRequest request, SamplerSettings settings) {
        int last = Math.addExact(request.prompt().length, settings.maxTokens() - 1);
        return BlockPartition.absolute(settings.blockSize()).endOfBlockAt(last);
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

    /** Fills the current block's free positions with masks. */
    void openBlock(long version) {
        int from = Math.max(blockStart, request.prompt().length);
        Arrays.fill(tokens, from, blockStart + blockSize, maskToken);
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
        return random.uniform(blockStart / blockSize, step, blockStart + offset);
    }

    /** {@code (T)} prompt, finished blocks and current block. */
    int[] visibleTokens() {
        return Arrays.copyOf(tokens, blockStart + blockSize);
    }

    void copyBlock(int[] target, int at) {
        System.arraycopy(tokens, blockStart, target, at, blockSize);
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
        int prompt = request.prompt().length;
        Optional<StopRule.Stop> stop = rule.check(Arrays.copyOfRange(tokens, prompt, blockStart + blockSize), seen);
        seen = blockStart + blockSize - prompt;
        return stop;
    }

    void nextBlock() {
        blockStart += blockSize;
    }

    FinishedSample finish(StopRule.Stop stop) {
        int from = request.prompt().length;
        int to = blockStart + blockSize;
        SampledResponse response = new SampledResponse(
                Arrays.copyOfRange(tokens, from, to),
                Arrays.copyOfRange(steps, from, to),
                Arrays.copyOfRange(logProbs, from, to),
                versions,
                stop.keptTokens(),
                denoised + versions.length,
                stop.reason());
        return new FinishedSample(request, response);
    }
}
