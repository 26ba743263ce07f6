package dev.tracerl.core.decode;

/** A network as the plain sampler sees it. */
public interface LogitsSource {

    /**
     * Logits for the block that ends the sequence, each position seeing the whole sequence.
     *
     * @param tokens {@code (T)} prompt, committed response and the current block; shared, not written
     * @param blockStart first position of the current block
     * @return {@code (T - blockStart, vocabulary)} scores of the token at each position of the block
     */
    double[][] logits(int[] tokens, int blockStart);

    /** Version of the weights in use; asked once per block, before its first step. */
    default long version() {
        return 0;
    }
}
