package dev.tracerl.trainer.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Everything that is wrong with a run, so that its author hears all of it at once. */
final class Problems {

    private final List<String> found = new ArrayList<>();

    /** Notes a problem unless a condition holds. */
    void require(boolean condition, String problem) {
        if (!condition) {
            found.add(problem);
        }
    }

    /** Notes problems. */
    void addAll(List<String> problems) {
        found.addAll(problems);
    }

    /** Makes a value; what its constructor refuses is a problem of the named part. */
    <T> Optional<T> attempt(String part, Supplier<T> maker) {
        try {
            return Optional.of(maker.get());
        } catch (IllegalArgumentException e) {
            found.add(part + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * A value that was attempted.
     *
     * @throws RefusedRunException if there is any problem
     */
    <T> T checked(Optional<T> attempted) {
        throwIfAny();
        return attempted.orElseThrow();
    }

    /**
     * Ends the check.
     *
     * @throws RefusedRunException if there is any problem
     */
    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new RefusedRunException(found);
        }
    }
}
