package dev.tracerl.verifiers.math.numeric;

import dev.tracerl.verifiers.math.tree.Expr;
import dev.tracerl.verifiers.math.tree.Fraction;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds functions of variables that may be put together of several pieces: |x - 7| is 7 - x on one side of 7. Where only one
 * of two expressions has such a function, no number of points at which they agree says that they are equal.
 */
final class Pieces {

    /** Functions of infinitely many pieces, or of pieces of several arguments. */
    private static final Set<String> STEPS = Set.of("floor", "ceil", "min", "max", "sgn");

    private static final String KINK = "abs";

    private Pieces() {}

    /** Whether an expression has such a function. */
    static boolean has(Expr expr) {
        return arguments(expr, Pieces::isOne).findAny().isPresent();
    }

    /** Whether one of two expressions has a function whose pieces are not found by the zeros of one argument. */
    static boolean haveSteps(Expr left, Expr right) {
        return haveCalls(left, right, STEPS);
    }

    /** Whether one of two expressions has an absolute value. */
    static boolean haveKinks(Expr left, Expr right) {
        return haveCalls(left, right, Set.of(KINK));
    }

    private static boolean haveCalls(Expr left, Expr right, Set<String> functions) {
        Predicate<Expr> found = expr -> expr instanceof Expr.Call call && functions.contains(call.function());
        return Stream.of(left, right)
                .flatMap(expr -> arguments(expr, found))
                .findAny()
                .isPresent();
    }

    /** What absolute values and even roots of two expressions are of. */
    static List<Expr> arguments(Expr left, Expr right) {
        return Stream.of(left, right)
                .flatMap(expr -> arguments(expr, Pieces::isOne))
                .distinct()
                .toList();
    }

    /** The first part of each function of variables of a kind. */
    private static Stream<Expr> arguments(Expr expr, Predicate<Expr> kind) {
        if (Sampling.variables(expr).isEmpty()) {
            return Stream.empty();
        }
        Stream<Expr> own = kind.test(expr) ? Stream.of(expr.children().get(0)) : Stream.empty();
        return Stream.concat(own, expr.children().stream().flatMap(child -> arguments(child, kind)));
    }

    private static boolean isOne(Expr expr) {
        if (expr instanceof Expr.Call call) {
            return STEPS.contains(call.function()) || call.function().equals(KINK);
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
