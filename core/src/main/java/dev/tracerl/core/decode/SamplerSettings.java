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
 * @param maxTokens limit on kept completion tokens, at least 1; see {@link StopRule} for the last block. Full-attention
 *     models generate exactly as many, so there it must be a multiple of the block size
 * @param confidence what the policy takes for confidence
 * @param full what concerns full-attention models only
 */
public record SamplerSettings(
        int blockSize,
        int stepsPerBlock,
        UnmaskingPolicy policy,
        double temperature,
        int topK,
        double topP,
        int maxTokens,
        Confidence confidence,
        FullSettings full) {

    /** Settings with the probability of the drawn token as confidence, and without a cache. */
    public SamplerSettings(
            int blockSize,
            int stepsPerBlock,
            UnmaskingPolicy policy,
            double temperature,
            int topK,
            double topP,
            int maxTokens) {
        this(
                blockSize,
                stepsPerBlock,
                policy,
                temperature,
                topK,
                topP,
                maxTokens,
                Confidence.DEFAULT,
                FullSettings.DEFAULT);
    }

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
        if (policy instanceof UnmaskingPolicy.DynamicLowConfidence dynamic) {
            reachable(dynamic.threshold(), confidence.rule());
        }
        if (policy instanceof UnmaskingPolicy.ThresholdOrBest limited) {
            reachable(limited.threshold(), confidence.rule());
        }
        rankable(policy, confidence.rule(), full);
    }

    private static void rankable(UnmaskingPolicy policy, Confidence.Rule rule, FullSettings full) {
        if (full.selectionTemperature() > 0 && !(policy instanceof UnmaskingPolicy.StaticLowConfidence)) {
            throw new IllegalArgumentException(
                    "selectionTemperature draws as many positions as are due: it needs unmasking STATIC");
        }
        if (full.padPenalty() > 1 && rule == Confidence.Rule.NEGATIVE_ENTROPY) {
            throw new IllegalArgumentException(
                    "padPenalty divides confidence, which would raise NEGATIVE_ENTROPY: choose another confidence");
        }
    }

    private static void reachable(double threshold, Confidence.Rule rule) {
        if (threshold > rule.highest()) {
            throw new IllegalArgumentException(
                    "threshold is " + threshold + ", but confidence " + rule + " is at most " + rule.highest());
        }
    }

    /**
     * Checks that a block-attention model can be sampled with these settings.
     *
     * @throws IllegalArgumentException if not
     */
    public void requireBlockAttention() {
        if (!full.equals(FullSettings.DEFAULT)) {
            throw new IllegalArgumentException(
                    "prefixCache, furtherHorizon, earlyStop, selectionTemperature and padPenalty are for full-attention models;"
                            + " this one has block attention");
        }
    }

    /**
     * Checks that a full-attention model can be sampled with these settings.
     *
     * @param shifted whether the network's scores are shifted, see {@link FullSampler}
     * @throws IllegalArgumentException if not
     */
    public void requireFullAttention(boolean shifted) {
        if (maxTokens % blockSize != 0) {
            throw new IllegalArgumentException("maxTokens is " + maxTokens
                    + ", must be a multiple of blockSize, which is " + blockSize + ", for a full-attention model");
        }
        if (shifted && blockSize > 1 && stepsPerBlock < 2) {
            throw new IllegalArgumentException("stepsPerBlock is " + stepsPerBlock
                    + ", must be at least 2 for a model with shifted scores: its first step reveals one token only");
        }
    }

    /** Tokens per step for a full-attention model, {@code (stepsPerBlock)}; with shifted scores the first is alone. */
    public int[] fullSchedule(boolean shifted) {
        return shifted
                ? TransferSchedule.firstAlone(blockSize, stepsPerBlock)
                : TransferSchedule.tokensPerStep(blockSize, stepsPerBlock);
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
        return select(TransferSchedule.tokensPerStep(blockSize, stepsPerBlock), step, masked, confidence, entropy);
    }

    /** The same under another schedule, {@code (stepsPerBlock)}. */
    boolean[] select(int[] schedule, int step, boolean[] masked, double[] confidence, double[] entropy) {
        if (step < 0 || step >= stepsPerBlock) {
            throw new IllegalArgumentException("step is " + step + ", must be in [0, " + stepsPerBlock + ")");
        }
        if (step == stepsPerBlock - 1) {
            return masked.clone();
        }
        return policy.select(new BlockState(masked, confidence, entropy, schedule[step]));
    }

    private static void atLeast(String name, int value, int bound) {
        if (value < bound) {
            throw new IllegalArgumentException(name + " is " + value + ", must be at least " + bound);
        }
    }
}
