package dev.tracerl.verifiers.math.exact;

import dev.tracerl.verifiers.math.tree.Expr;
import dev.tracerl.verifiers.math.tree.TooLargeException;

/**
 * Proves that two expressions are equal where their plain normal forms differ: by sums and multiples of angles, by hyperbolic
 * functions as powers of e, and with high powers of sums as they are. It never shows a difference.
 */
public final class Identities {

    private static final long MAX_OPERATIONS = 30_000;

    private Identities() {}

    /** Whether the expressions are shown to be equal. What that takes is noted in the budget. */
    public static boolean hold(Expr left, Expr right, Budget budget) {
        Budget own = new Budget(MAX_OPERATIONS);
        try {
            AngleParts parts = new AngleParts();
            Normalizer reading = Normalizer.forIdentities(own, (function, x, ring, powers) -> parts.note(function, x));
            reading.normalize(left);
            reading.normalize(right);
            Normalizer writing = Normalizer.forIdentities(own, new AngleSums(parts));
            return writing.isZero(writing.difference(writing.normalize(left), writing.normalize(right)));
        } catch (ArithmeticException | UnsupportedOperationException | TooLargeException e) {
            return false; // nothing is shown
        } finally {
            budget.note(own.used());
        }
    }
}
