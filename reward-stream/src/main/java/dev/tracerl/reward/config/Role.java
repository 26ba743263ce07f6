package dev.tracerl.reward.config;

/** What a process of this service does. */
public enum Role {
    /** The Kafka Streams topology: admission, verdicts, groups. */
    TOPOLOGY,
    /** Checks that are too slow or too dangerous for a stream's thread. */
    VERIFIER
}
