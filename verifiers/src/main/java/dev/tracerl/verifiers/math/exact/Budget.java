package dev.tracerl.verifiers.math.exact;

import dev.tracerl.verifiers.math.tree.TooLargeException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts elementary operations and stops at a limit, so that the same input always ends in the same way. */
public final class Budget {

    private final long limit;
    private long used;
    private @Nullable String excess;

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

    /** Counts operations of a part that has a limit of its own. */
    public void note(long operations) {
        used = Math.min(limit, used + operations);
    }

    /** Notes that something is too large to be compared. The first note counts. */
    public void exceed(String reason) {
        excess = excess == null ? reason : excess;
    }

    /** What was too large; empty if nothing was. */
    public Optional<String> excess() {
        return Optional.ofNullable(excess);
    }

    public long used() {
        return Math.min(used, limit);
    }
}
