package dev.tracerl.core.decode;

/** A network in which every position sees every other, as the plain full-attention sampler sees it. */
public interface FullLogitsSource {

    /**
     * Scores of a window, every position of which sees the whole window and everything before it. What is before it was
     * computed together with the whole sequence as that was when it was cached, and knows nothing of the window's
     * present tokens.
     *
     * @param window {@code (W)} present tokens of the positions {@code [start, start + W)}; shared, not written
     * @param start first position of the window; at 0 it is the whole sequence, and nothing is cached
     * @param cached {@code (T)} the whole sequence when it was cached; shared, not written
     * @return {@code (W, vocabulary)} scores, row {@code i} of the window's position {@code i}
     */
    double[][] logits(int[] window, int start, int[] cached);

    /** Version of the weights in use; asked once per block, before its first step. */
    default long version() {
        return 0;
    }
}
