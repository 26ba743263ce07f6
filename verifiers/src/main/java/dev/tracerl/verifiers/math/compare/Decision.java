package dev.tracerl.verifiers.math.compare;

import java.util.Collection;
import java.util.stream.Stream;

/** What a comparison found. */
public enum Decision {
    EQUAL,
    DIFFERENT,
    /** Neither could be shown. */
    UNKNOWN;

    /** Equal or different. */
    public static Decision of(boolean equal) {
        return equal ? EQUAL : DIFFERENT;
    }

    /** Equal if one is, different if all are or there is none. */
    static Decision any(Stream<Decision> decisions) {
        return decisions
                .reduce((a, b) -> a == EQUAL || (a == UNKNOWN && b != EQUAL) ? a : b)
                .orElse(DIFFERENT);
    }

    /** Equal if all are, different if one is. */
    static Decision all(Collection<Decision> decisions) {
        if (decisions.contains(DIFFERENT)) {
            return DIFFERENT;
        }
        return decisions.contains(UNKNOWN) ? UNKNOWN : EQUAL;
    }
}
