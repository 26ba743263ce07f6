package dev.tracerl.verifiers.math.compare;

import dev.tracerl.verifiers.math.tree.Expr;

/** Decides what needs computer algebra. */
public interface SymbolicEngine {

    /** Whether two scalar expressions, whose values agree at some points, are equal everywhere. */
    Decision equal(Expr left, Expr right);
}
