package dev.tracerl.verifiers.math.exact;

import java.util.Optional;

/** Rules for functions of one argument beyond those of the normal form. */
interface Rules {

    /** None. */
    Rules NONE = (function, x, ring, powers) -> Optional.empty();

    /** The value of a function; empty if no rule has one. */
    Optional<NormalForm> value(String function, NormalForm x, Ring ring, Powers powers);
}
