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
}
