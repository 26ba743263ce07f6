package dev.tracerl.verifiers.math.numeric;

import dev.tracerl.verifiers.math.tree.Expr;
import dev.tracerl.verifiers.math.tree.Fraction;
import java.util.Optional;
import java.util.Set;

/**
 * Finds functions of variables that may be put together of several pieces: |x - 7| is 7 - x on one side of 7. Where only one
 * of two expressions has such a function, no number of points at which they agree says that they are equal.
 */
public final class Pieces {

    private static final Set<String> FUNCTIONS = Set.of("abs", "floor", "ceil", "min", "max", "sgn");

    private Pieces() {}

    /** Whether one expression has such a function and the other has none. */
    public static boolean onlyOneHas(Expr left, Expr right) {
        return has(left) != has(right);
    }

    private static boolean has(Expr expr) {
        boolean variable = !Sampling.variables(expr).isEmpty();
        return variable && (isOne(expr) || expr.children().stream().anyMatch(Pieces::has));
    }

    private static boolean isOne(Expr expr) {
        if (expr instanceof Expr.Call call) {
            return FUNCTIONS.contains(call.function());
        }
        return expr instanceof Expr.Power power
                && !Sampling.variables(power.base()).isEmpty()
                && isEvenRoot(power.exponent());
    }

    /** Whether an exponent is a fraction with an even denominator. */
    private static boolean isEvenRoot(Expr exponent) {
        return fraction(exponent)
                .map(Fraction::denominator)
                .filter(denominator -> !denominator.testBit(0))
                .isPresent();
    }

    private static Optional<Fraction> fraction(Expr expr) {
        if (expr instanceof Expr.Num number) {
            return Optional.of(number.value());
        } else if (expr instanceof Expr.Negative negative) {
            return fraction(negative.value());
        } else if (expr instanceof Expr.Quotient quotient
                && quotient.numerator() instanceof Expr.Num top
                && quotient.denominator() instanceof Expr.Num bottom
                && bottom.value().signum() != 0) {
            return Optional.of(top.value().over(bottom.value()));
        }
        return Optional.empty();
    }
}
