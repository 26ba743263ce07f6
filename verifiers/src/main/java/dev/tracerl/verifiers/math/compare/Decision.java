package dev.tracerl.verifiers.math.compare;

import java.util.Collection;

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

    /** Equal if all are, different if one is. */
    static Decision all(Collection<Decision> decisions) {
        if (decisions.contains(DIFFERENT)) {
            return DIFFERENT;
        }
        return decisions.contains(UNKNOWN) ? UNKNOWN : EQUAL;
    }
}
