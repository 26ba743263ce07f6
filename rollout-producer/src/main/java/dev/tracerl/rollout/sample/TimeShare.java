package dev.tracerl.rollout.sample;

/**
 * Lets completions take at most a share of the engine's time while there are groups of the log: what a round of theirs
 * took must be matched by rounds of the others before their next. Not thread-safe.
 */
final class TimeShare {

    private final double share;
    private double owed; // nanoseconds of the others' rounds

    /** @param share in (0, 1] */
    TimeShare(double share) {
        this.share = share;
    }

    /** Whether completions may go on although others are active. */
    boolean open() {
        return owed <= 0;
    }

    void completions(long nanos) {
        owed = nanos * (1 - share) / share;
    }

    void others(long nanos) {
        owed -= nanos;
    }
}
