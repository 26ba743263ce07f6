package dev.tracerl.core.decode;

/** When a full-attention response ends before its whole length is generated; asked after every block. */
public enum EarlyStop {
    /** Never. Published for LLaDA. */
    NEVER,
    /** After a block in which an end-of-text token was generated. */
    END_OF_TEXT,
    /**
     * After a block of nothing but padding; padding then ends the text like an end-of-text token. Published for Dream,
     * there for the whole batch at once, here for every sequence by itself.
     */
    PAD_BLOCK
}
