package dev.tracerl.core.decode;

/** How many tokens each denoising step of a block should reveal. */
public final class TransferSchedule {

    private TransferSchedule() {}

    /**
     * Spreads {@code tokens} over {@code steps} as evenly as possible, the larger shares first.
     *
     * @param tokens tokens to reveal, at least 0
     * @param steps denoising steps, at least 1
     * @return tokens per step, {@code (steps)}; sums to {@code tokens}
     * @throws IllegalArgumentException if an argument is out of bounds
     */
    public static int[] tokensPerStep(int tokens, int steps) {
        if (tokens < 0) {
            throw new IllegalArgumentException("tokens is " + tokens + ", must be at least 0");
        }
        if (steps < 1) {
            throw new IllegalArgumentException("steps is " + steps + ", must be at least 1");
        }
        int[] quota = new int[steps];
        for (int step = 0; step < steps; step++) {
            quota[step] = tokens / steps + (step < tokens % steps ? 1 : 0);
        }
        return quota;
    }

    /**
     * The first step reveals one token, the others share the rest as evenly as possible. The published Dream sampler
     * truncates a linear schedule instead, which makes the second step idle and the last one double.
     *
     * @param tokens tokens to reveal, at least 1
     * @param steps denoising steps, at least 2 if there is more than one token
     * @return tokens per step, {@code (steps)}; sums to {@code tokens}
     * @throws IllegalArgumentException if an argument is out of bounds
     */
    public static int[] firstAlone(int tokens, int steps) {
        if (tokens < 1) {
            throw new IllegalArgumentException("tokens is " + tokens + ", must be at least 1");
        }
        if (steps < Math.min(tokens, 2)) {
            throw new IllegalArgumentException(
                    "steps is " + steps + ", must be at least 2: the first step reveals one token only");
        }
        int[] rest = tokensPerStep(tokens - 1, Math.max(1, steps - 1));
        int[] quota = new int[steps];
        quota[0] = 1;
        System.arraycopy(rest, 0, quota, 1, steps - 1);
        return quota;
    }
}
