package dev.tracerl.verifiers.math.exact;

import dev.tracerl.verifiers.math.tree.TooLargeException;

/** Counts elementary operations and stops at a limit, so that the same input always ends in the same way. */
public final class Budget {

    private final long limit;
    private long used;

    public Budget(long limit) {
        this.limit = limit;
    }

    /** Counts operations; throws {@link TooLargeException} at the limit. */
    public void use(long operations) {
        used += operations;
        if (used > limit) {
            throw new TooLargeException("needs more than " + limit + " operations");
        }
    }

    public long used() {
        return Math.min(used, limit);
    }
}
