package dev.tracerl.core.pack;

import dev.tracerl.core.decode.BlockPartition;

/** Which rows of a packed example see each other, and which of them scores a token. Follows from the model family. */
public enum Layout {
    /** Block attention; blocks start at absolute position 0, as in sampling. */
    ABSOLUTE_BLOCKS,
    /** Block attention; blocks start at the first response token, as in the published training code. */
    RESPONSE_BLOCKS,
    /** Every token sees every token: a single block holds the whole sequence, and every noisy copy is one of its own. */
    FULL,
    /** As {@link #FULL}, of a model whose row {@code i} scores the token at position {@code i + 1} (Dream). */
    FULL_SHIFTED;

    /** Whether every token sees every token. */
    public boolean full() {
        return this == FULL || this == FULL_SHIFTED;
    }

    /** Rows from the one that scores a token to the token's own. */
    int shift() {
        return this == FULL_SHIFTED ? 1 : 0;
    }

    /** The blocks of a prompt and its response, in absolute positions. */
    BlockPartition partition(int blockSize, int promptLength, int responseLength) {
        return switch (this) {
            case ABSOLUTE_BLOCKS -> BlockPartition.absolute(blockSize);
            case RESPONSE_BLOCKS -> BlockPartition.responseAligned(blockSize, promptLength);
            case FULL, FULL_SHIFTED -> BlockPartition.absolute(promptLength + responseLength);
        };
    }
}
