package dev.tracerl.reward.grouping;

import java.util.function.Supplier;

/** A record decodes, but its content contradicts the contract. */
final class MalformedException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    MalformedException(String problem) {
        super(problem);
    }

    /** @param problem what is wrong if it does not hold; put into words only then, because records come by the million */
    static void unless(boolean holds, Supplier<String> problem) {
        if (!holds) {
            throw new MalformedException(problem.get());
        }
    }
}
