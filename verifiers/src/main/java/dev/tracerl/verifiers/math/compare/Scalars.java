package dev.tracerl.verifiers.math.compare;

import dev.tracerl.verifiers.math.numeric.Sampling;
import dev.tracerl.verifiers.math.parse.Unit;
import dev.tracerl.verifiers.math.tree.Expr;
import dev.tracerl.verifiers.math.tree.Fraction;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What surrounds the value of a scalar. */
final class Scalars {

    private static final Set<String> LETTER_UNITS = Set.of("m", "g", "s", "h", "l", "L");

    private static final Expr PI = new Expr.Name("pi");

    /** One degree in radians. */
    private static final Expr DEGREE = new Expr.Quotient(PI, new Expr.Num(Fraction.of(180), -1));

    private static final int MANY = 1 << 16;
    private static final Fraction LARGE = Fraction.of(100);

    private Scalars() {}

    /** Whether it calculates with infinity, which has no value: infinity minus infinity is not 0. */
    static boolean isIndefinite(Expr expr) {
        Expr size = expr instanceof Expr.Negative negative ? negative.value() : expr;
        return !Forms.isName(size, "inf") && hasInfinity(size);
    }

    private static boolean hasInfinity(Expr expr) {
        return Forms.isName(expr, "inf") || expr.children().stream().anyMatch(Scalars::hasInfinity);
    }

    /** The unit of a quantity. */
    static Unit unit(Expr expr) {
        Expr inner = expr instanceof Expr.Negative negative ? negative.value() : expr;
        return inner instanceof Expr.Quantity quantity ? Unit.of(quantity.unit()) : Unit.NONE;
    }

    /** The value without its unit. */
    static Expr plain(Expr expr) {
        if (expr instanceof Expr.Quantity quantity) {
            return plain(quantity.value());
        }
        if (expr instanceof Expr.Negative negative && negative.value() instanceof Expr.Quantity quantity) {
            return new Expr.Negative(plain(quantity.value()));
        }
        return expr;
    }

    /** Degrees in radians, if the other side is in radians: without a unit and with pi. */
    static Expr asMeantBeside(Expr expr, Expr other) {
        boolean degrees = unit(expr).known().equals("degree");
        boolean radians = unit(other).equals(Unit.NONE) && hasPi(other);
        return degrees && radians ? new Expr.Product(List.of(plain(expr), DEGREE)) : plain(expr);
    }

    private static boolean hasPi(Expr expr) {
        return expr.equals(PI) || expr.children().stream().anyMatch(Scalars::hasPi);
    }

    /** In 3m or 5 m^2 the letter is a unit if the right answer has no variables. */
    static Expr withLetterUnit(Expr given, Expr right) {
        boolean unit = given instanceof Expr.Product product
                && product.factors().size() == 2
                && Sampling.variables(product.factors().get(0)).isEmpty()
                && Sampling.variables(right).isEmpty();
        return unit
                ? letterUnit(given.children().get(1))
                        .<Expr>map(name -> new Expr.Quantity(given.children().get(0), name))
                        .orElse(given)
                : given;
    }

    private static Optional<String> letterUnit(Expr expr) {
        Expr base = expr instanceof Expr.Power power ? power.base() : expr;
        if (!(base instanceof Expr.Name name) || !LETTER_UNITS.contains(name.name())) {
            return Optional.empty();
        }
        return Optional.of(expr instanceof Expr.Power power ? name.name() + exponent(power) : name.name());
    }

    private static String exponent(Expr.Power power) {
        return power.exponent() instanceof Expr.Num number ? number.value().toString() : "?";
    }

    /** Whether it is a number that percents may be meant by: a decimal or a whole number above one. */
    static boolean mayBePercents(Expr expr) {
        return expr instanceof Expr.Num number && number.value().compareTo(Fraction.ONE) > 0;
    }

    /** Digits after the point, if the expression is a decimal as written; otherwise -1. */
    static int decimals(Expr expr) {
        if (expr instanceof Expr.Num number) {
            return number.digits();
        } else if (expr instanceof Expr.Negative negative) {
            return decimals(negative.value());
        } else if (expr instanceof Expr.Percent percent) {
            return decimals(percent.value());
        }
        return expr instanceof Expr.Product product ? scientific(product.factors()) : -1;
    }

    /** In 1.25 * 10^-3 the power moves the point. */
    private static int scientific(List<Expr> factors) {
        boolean scientific = factors.size() == 2
                && factors.get(0) instanceof Expr.Num
                && factors.get(1) instanceof Expr.Power power
                && power.base() instanceof Expr.Num ten
                && ten.value().equals(Fraction.of(10));
        if (!scientific) {
            return -1;
        }
        int digits = Math.max(0, decimals(factors.get(0))) - exponent(((Expr.Power) factors.get(1)).exponent());
        return digits > 0 ? digits : -1;
    }

    /** A small whole exponent; otherwise one that leaves no digits. */
    private static int exponent(Expr expr) {
        Expr size = expr instanceof Expr.Negative negative ? negative.value() : expr;
        if (!(size instanceof Expr.Num number) || number.value().compareTo(LARGE) > 0) {
            return MANY;
        }
        int exponent = number.value().numerator().intValue();
        return size.equals(expr) ? exponent : -exponent;
    }
}
