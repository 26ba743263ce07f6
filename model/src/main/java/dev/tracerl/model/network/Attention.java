package dev.tracerl.model.network;

/** Which tokens a token sees. */
public enum Attention {
    /** Those of its own block and of all blocks before it. */
    BLOCK,
    /** All of the sequence. */
    FULL
}
