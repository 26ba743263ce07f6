package dev.tracerl.core.decode;

/** Why a response ended. */
public enum StopReason {
    /** An end-of-text token was generated; it is the last kept token. */
    END_OF_TEXT,
    /** The limit on kept tokens was reached without an end-of-text token. */
    LENGTH
}
