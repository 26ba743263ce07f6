package dev.tracerl.core.decode;

/** How a sampler takes a token out of a distribution. */
interface TokenDraw {

    /** The token at the quantile that the random numbers give. */
    static TokenDraw of(CounterRandom random) {
        return new TokenDraw() {
            @Override
            public int draw(TokenDistribution distribution, int block, int step, int position) {
                return distribution.draw(random.uniform(block, step, position));
            }

            @Override
            public double order(int block, int step, int position) {
                return random.order(block, step, position);
            }
        };
    }

    /**
     * Chooses a token.
     *
     * @param step 0-based denoising step within the block
     * @param position absolute position
     */
    int draw(TokenDistribution distribution, int block, int step, int position);

    /** Confidence of a position in a random order; 0 leaves the order from left to right. */
    default double order(int block, int step, int position) {
        return 0;
    }
}
