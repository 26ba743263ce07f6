package dev.tracerl.core.decode;

/**
 * How responses are drawn.
 *
 * <p>A token is drawn from {@code softmax(logits / temperature)} after top-k, then top-p with renormalization. At
 * temperature 0 the most probable token is taken, filters are off, and confidence, entropy and log-probability are
 * those of the plain {@code softmax(logits)}.
 *
 * @param blockSize positions denoised together, at least 1
 * @param stepsPerBlock denoising steps after which a block must be complete, at least 1
 * @param policy which positions a step reveals
 * @param temperature 0 for greedy, otherwise positive
 * @param topK number of most probable tokens kept; 0 turns the filter off
 * @param topP probability mass kept, in (0, 1]; 1 turns the filter off
 * @param maxTokens limit on kept completion tokens, at least 1; see {@link StopRule} for the last block
 */
public record SamplerSettings(
        int blockSize,
        int stepsPerBlock,
        UnmaskingPolicy policy,
        double temperature,
        int topK,
        double topP,
        int maxTokens) {

    public SamplerSettings {
        atLeast("blockSize", blockSize, 1);
        atLeast("stepsPerBlock", stepsPerBlock, 1);
        atLeast("topK", topK, 0);
        atLeast("maxTokens", maxTokens, 1);
        if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("temperature is " + temperature + ", must be finite and at least 0");
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("topP is " + topP + ", must be in (0, 1]");
        }
    }

    /** Whether tokens are taken by highest probability instead of drawn. */
    public boolean greedy() {
        return temperature == 0;
    }

    /** Whether top-k or top-p removes tokens from the distribution. */
    public boolean filtered() {
        return !greedy() && (topK > 0 || topP < 1);
    }

    /**
     * The positions that denoising step {@code step} of a block reveals: the policy's choice under the block's transfer
     * schedule, and in the last step everything still masked, so that a block is always complete.
     *
     * @param step 0-based step within the block, less than {@link #stepsPerBlock}
     * @param masked {@code (blockSize)} whether the position is still masked
     * @param confidence {@code (blockSize)} as in {@link BlockState}
     * @param entropy {@code (blockSize)} as in {@link BlockState}
     * @return {@code (blockSize)} true where the drawn token is kept
     */
    public boolean[] select(int step, boolean[] masked, double[] confidence, double[] entropy) {
        if (step < 0 || step >= stepsPerBlock) {
            throw new IllegalArgumentException("step is " + step + ", must be in [0, " + stepsPerBlock + ")");
        }
        if (step == stepsPerBlock - 1) {
            return masked.clone();
        }
        int quota = TransferSchedule.tokensPerStep(blockSize, stepsPerBlock)[step];
        return policy.select(new BlockState(masked, confidence, entropy, quota));
    }

    private static void atLeast(String name, int value, int bound) {
        if (value < bound) {
            throw new IllegalArgumentException(name + " is " + value + ", must be at least " + bound);
        }
    }
}
