package dev.tracerl.verifiers.math.numeric;

import dev.tracerl.verifiers.math.tree.Expr;
import dev.tracerl.verifiers.math.tree.Fraction;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Evaluates scalar expressions at a point. */
final class Evaluator {

    private static final int MAX_CHOSEN = 1_000;

    private final Map<String, Double> point;

    /** An evaluator at a point: values by variable. */
    Evaluator(Map<String, Double> point) {
        this.point = point;
    }

    /** The value; empty if it has none in double precision or is not a scalar. */
    Optional<Complex> value(Expr expr) {
        try {
            Complex value = evaluate(expr);
            return value.isFinite() ? Optional.of(value) : Optional.empty();
        } catch (UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    private Complex evaluate(Expr expr) {
        if (expr instanceof Expr.Num number) {
            return Complex.real(number.value().toDouble());
        } else if (expr instanceof Expr.Name name) {
            return name(name.name());
        } else if (expr instanceof Expr.Negative negative) {
            return evaluate(negative.value()).negate();
        } else if (expr instanceof Expr.Sum sum) {
            return sum.terms().stream().map(this::evaluate).reduce(Complex.real(0), Complex::plus);
        } else if (expr instanceof Expr.Product product) {
            return product.factors().stream().map(this::evaluate).reduce(Complex.ONE, Complex::times);
        } else if (expr instanceof Expr.Quotient quotient) {
            return evaluate(quotient.numerator()).over(evaluate(quotient.denominator()));
        }
        return special(expr);
    }

    private Complex special(Expr expr) {
        if (expr instanceof Expr.Power power) {
            return power(power);
        } else if (expr instanceof Expr.Percent percent) {
            return evaluate(percent.value()).times(Complex.real(0.01));
        } else if (expr instanceof Expr.Quantity quantity) {
            return evaluate(quantity.value());
        } else if (expr instanceof Expr.Call call) {
            List<Complex> arguments =
                    call.arguments().stream().map(this::evaluate).toList();
            return arguments.size() == 1
                    ? unary(call.function(), arguments.get(0))
                    : binary(call.function(), arguments);
        }
        throw new UnsupportedOperationException("not a scalar");
    }

    /** A function that is only a name gets values without a pattern. */
    private static Complex unary(String function, Complex argument) {
        if (!function.matches("[fgh][_'].*|[fgh]")) {
            return Unary.value(function, argument);
        }
        return Complex.real(1.3 + Math.sin(1.7 * argument.re() + 2.9 * argument.im() + function.hashCode() % 100));
    }

    private Complex name(String name) {
        return switch (name) {
            case "pi" -> Complex.real(Math.PI);
            case "e" -> Complex.real(Math.E);
            case "i" -> Complex.I;
            default -> {
                Double value = point.get(name);
                if (value == null) {
                    throw new UnsupportedOperationException("no value for " + name);
                }
                yield Complex.real(value);
            }
        };
    }

    /** Odd roots of negative numbers are negative. */
    private Complex power(Expr.Power power) {
        Complex base = evaluate(power.base());
        if (base.isReal() && base.re() < 0 && isOddRoot(power.exponent())) {
            return Complex.real(-Math.pow(-base.re(), evaluate(power.exponent()).re()));
        }
        return base.power(evaluate(power.exponent()));
    }

    static boolean isOddRoot(Expr exponent) {
        return exponent instanceof Expr.Quotient quotient
                && quotient.numerator() instanceof Expr.Num one
                && one.value().equals(Fraction.ONE)
                && quotient.denominator() instanceof Expr.Num index
                && index.value().isWhole()
                && index.value().numerator().testBit(0);
    }

    private static Complex binary(String function, List<Complex> arguments) {
        if (function.equals("log") && arguments.size() == 2) {
            return arguments.get(0).log().over(arguments.get(1).log());
        }
        if (function.equals("binom") && arguments.stream().allMatch(Complex::isReal)) {
            return Complex.real(binomial(arguments.get(0).re(), arguments.get(1).re()));
        }
        throw new UnsupportedOperationException("function " + function);
    }

    private static double binomial(double n, double k) {
        if (k < 0 || k > MAX_CHOSEN || k != Math.rint(k)) {
            return Gamma.factorial(n) / (Gamma.factorial(k) * Gamma.factorial(n - k));
        }
        double value = 1;
        for (int i = 1; i <= k; i++) {
            value *= (n - k + i) / i;
        }
        return value;
    }
}
