package dev.tracerl.rollout.completion;

/** Why a response ended. */
public enum FinishReason {
    /** At an end of text, or at one of the client's stops. */
    STOP,
    /** At the limit on tokens. */
    LENGTH
}
