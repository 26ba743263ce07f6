package dev.tracerl.core.pack;

import dev.tracerl.core.loss.LossNormalization;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Random traced responses as a sampler would record them: whole blocks, steps that rise from block to block. */
final class RandomResponses {

    static final int MASK = 99;

    private final SplittableRandom random;

    RandomResponses(long seed) {
        this.random = new SplittableRandom(seed);
    }

    PackSettings settings() {
        return new PackSettings(1 + random.nextInt(6), 1 + random.nextInt(4), MASK, LossNormalization.TARGETS, 32);
    }

    TracedResponse response(int blockSize) {
        return response(random.ints(random.nextInt(12), 0, MASK).toArray(), blockSize);
    }

    /** With a prompt of at least one token. */
    TracedResponse prompted(int blockSize) {
        return response(random.ints(1 + random.nextInt(12), 0, MASK).toArray(), blockSize);
    }

    private TracedResponse response(int[] prompt, int blockSize) {
        int wanted = prompt.length + 1 + random.nextInt(18);
        int length = (wanted + blockSize - 1) / blockSize * blockSize - prompt.length;
        int inLastBlock = Math.min(blockSize, length);
        int kept = length - random.nextInt(inLastBlock);
        int[] tokens = random.ints(length, 0, MASK).toArray();
        float[] logProbs = new float[length];
        float[] advantages = new float[length];
        for (int i = 0; i < length; i++) {
            logProbs[i] = -random.nextInt(1, 100) / 10f;
            advantages[i] = random.nextInt(-20, 21) / 10f;
        }
        return new TracedResponse(prompt, tokens, kept, steps(prompt.length, length, blockSize), logProbs, advantages);
    }

    private int[] steps(int promptLength, int length, int blockSize) {
        return IntStream.range(0, length)
                .map(i -> (promptLength + i) / blockSize * blockSize + 1 + random.nextInt(blockSize))
                .toArray();
    }
}
