package dev.tracerl.verifiers.math.compare;

import dev.tracerl.verifiers.math.exact.Budget;
import dev.tracerl.verifiers.math.exact.Identities;
import dev.tracerl.verifiers.math.exact.NormalForm;
import dev.tracerl.verifiers.math.exact.Normalizer;
import dev.tracerl.verifiers.math.numeric.PreciseSampling;
import dev.tracerl.verifiers.math.numeric.Sampling;
import dev.tracerl.verifiers.math.parse.Unit;
import dev.tracerl.verifiers.math.tree.Expr;
import dev.tracerl.verifiers.math.tree.Fraction;
import dev.tracerl.verifiers.math.tree.TooLargeException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares scalars: by normal form, by values at a few points, by computer algebra. */
final class ScalarComparison {

    /** A value of a function to many digits takes as long as so many operations. */
    private static final long OPERATIONS_OF_A_VALUE = 100;

    private final Budget budget;
    private final SymbolicEngine engine;

    ScalarComparison(Budget budget, SymbolicEngine engine) {
        this.budget = budget;
        this.engine = engine;
    }

    /** Compares an answer with the right one. */
    Decision compare(Expr right, Expr given) {
        if (right.equals(given)) {
            return Decision.EQUAL;
        }
        if (Scalars.isIndefinite(right) || Scalars.isIndefinite(given)) {
            return Decision.DIFFERENT;
        }
        Expr measured = Scalars.withLetterUnit(given, right);
        if (!Scalars.unit(right).accepts(Scalars.unit(measured))) {
            return Decision.DIFFERENT;
        }
        Expr a = Scalars.asMeantBeside(right, measured);
        Expr b = Scalars.asMeantBeside(measured, right);
        Decision decision = Scalars.unit(right).equals(Unit.NONE) ? percent(a, b) : exact(a, b);
        return decision == Decision.DIFFERENT ? Decision.of(Approximation.isAccepted(a, b, this)) : decision;
    }

    /** A percent sign may be left out where the value shows that percents are meant. */
    private Decision percent(Expr right, Expr given) {
        Decision decision = exact(right, given);
        if (decision != Decision.DIFFERENT) {
            return decision;
        }
        if (right instanceof Expr.Percent percent) {
            return exact(percent.value(), given);
        }
        if (given instanceof Expr.Percent percent && Scalars.mayBePercents(right)) {
            return exact(right, percent.value());
        }
        return decision;
    }

    private Decision exact(Expr right, Expr given) {
        try {
            Normalizer normalizer = new Normalizer(budget);
            NormalForm a = normalizer.normalize(right);
            NormalForm b = normalizer.normalize(given);
            if (normalizer.difference(a, b).isZero()) {
                return Decision.EQUAL;
            }
            if (Normalizer.isFaithful(a) && Normalizer.isFaithful(b)) {
                return Decision.DIFFERENT;
            }
        } catch (ArithmeticException e) {
            return Decision.DIFFERENT; // one of them has no value
        } catch (TooLargeException e) {
            budget.exceed(String.valueOf(e.getMessage()));
            return approximate(right, given, Decision.UNKNOWN);
        } catch (UnsupportedOperationException e) {
            return Decision.DIFFERENT; // one of them is no scalar
        }
        return approximate(right, given, null);
    }

    private Decision approximate(Expr right, Expr given, @Nullable Decision otherwise) {
        if (Sampling.differ(right, given)) {
            return Decision.DIFFERENT;
        }
        if (otherwise != null) {
            return Identities.hold(right, given, budget) ? Decision.EQUAL : otherwise;
        }
        if (SymbolicSize.isTooLarge(right) || SymbolicSize.isTooLarge(given)) {
            budget.exceed("is too large for computer algebra");
            return Decision.UNKNOWN;
        }
        return Identities.hold(right, given, budget) ? Decision.EQUAL : values(right, given);
    }

    /** Computer algebra is the last to be asked: it takes a process of its own, and far longer for the same values. */
    private Decision values(Expr right, Expr given) {
        budget.note(PreciseSampling.effort(right, given) * OPERATIONS_OF_A_VALUE);
        return switch (PreciseSampling.compare(right, given)) {
            case AGREE -> Decision.EQUAL;
            case DIFFER -> Decision.DIFFERENT;
            case NOTHING -> engine.equal(right, given);
        };
    }

    /** The value of an expression, if it is a rational number. */
    Optional<Fraction> rational(Expr expr) {
        try {
            return new Normalizer(budget).normalize(expr).rational();
        } catch (ArithmeticException | UnsupportedOperationException | TooLargeException e) {
            return Optional.empty();
        }
    }
}
