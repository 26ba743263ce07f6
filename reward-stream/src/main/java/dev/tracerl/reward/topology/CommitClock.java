package dev.tracerl.reward.topology;

import java.time.Duration;

/** When the tasks of an instance read late records, and when one of them last asked for a commit. Thread-safe. */
final class CommitClock {

    /** Age from which a record is late. */
    static final Duration LATE = Duration.ofSeconds(1);

    private static final long NEVER = Long.MIN_VALUE / 2;

    private volatile long lateAt = NEVER;
    private volatile long askedAt = NEVER;

    /** A record was read. */
    void read(long timestamp, long now) {
        if (now - timestamp > LATE.toMillis()) {
            lateAt = now;
        }
    }

    /** Whether there is a backlog: a late record was read not long ago. */
    boolean isBehind(long now) {
        return now - lateAt < LATE.toMillis();
    }

    /** A commit was asked for. */
    void asked(long now) {
        askedAt = now;
    }

    /** Whether one was asked for within some time. */
    boolean isAsked(long now, Duration within) {
        return now - askedAt < within.toMillis();
    }
}
