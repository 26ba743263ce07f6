package dev.tracerl.verifiers.sandbox;

/** The limit for which a sandbox was ended. */
public enum Breach {
    /** Processor time of a test. */
    CPU,
    /** It slept while it was waited for, in a test or in all of them. */
    IDLE,
    /** The clock: the host is too slow or too busy to say more. */
    CLOCK
}
