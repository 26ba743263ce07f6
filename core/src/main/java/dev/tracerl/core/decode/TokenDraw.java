package dev.tracerl.core.decode;

/** How {@link BlockSampler} takes a token out of a distribution. */
interface TokenDraw {

    /**
     * Chooses a token.
     *
     * @param step 0-based denoising step within the block
     * @param position absolute position
     */
    int draw(TokenDistribution distribution, int block, int step, int position);
}
