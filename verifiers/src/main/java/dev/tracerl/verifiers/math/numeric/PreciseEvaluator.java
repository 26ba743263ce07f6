package dev.tracerl.verifiers.math.numeric;

import dev.tracerl.verifiers.math.tree.Expr;
import dev.tracerl.verifiers.math.tree.Fraction;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Evaluates scalar expressions at a point to many digits, as computer algebra does. */
final class PreciseEvaluator {

    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    private final Map<String, Fraction> point;

    /** An evaluator at a point: values by variable. */
    PreciseEvaluator(Map<String, Fraction> point) {
        this.point = point;
    }

    /**
     * The value.
     *
     * @throws ArithmeticException if it has none, or none within bounds
     * @throws UnsupportedOperationException if the expression is no scalar of known functions
     */
    BigComplex value(Expr expr) {
        if (expr instanceof Expr.Num number) {
            return of(number.value());
        } else if (expr instanceof Expr.Name name) {
            return name(name.name());
        } else if (expr instanceof Expr.Negative negative) {
            return value(negative.value()).negate();
        } else if (expr instanceof Expr.Sum sum) {
            return sum.terms().stream().map(this::value).reduce(BigComplex.real(BigDecimal.ZERO), BigComplex::plus);
        } else if (expr instanceof Expr.Product product) {
            return product.factors().stream().map(this::value).reduce(BigComplex.ONE, BigComplex::times);
        } else if (expr instanceof Expr.Quotient quotient) {
            return value(quotient.numerator()).over(value(quotient.denominator()));
        }
        return special(expr);
    }

    private BigComplex special(Expr expr) {
        if (expr instanceof Expr.Power power) {
            return power(power);
        } else if (expr instanceof Expr.Call call) {
            return call(
                    call.function(), call.arguments().stream().map(this::value).toList());
        }
        throw new UnsupportedOperationException("not a scalar");
    }

    private static BigComplex of(Fraction value) {
        return BigComplex.real(
                new BigDecimal(value.numerator()).divide(new BigDecimal(value.denominator()), Digits.CONTEXT));
    }

    private BigComplex name(String name) {
        return switch (name) {
            case "pi" -> BigComplex.real(Digits.PI);
            case "e" -> BigComplex.real(Digits.E);
            case "i" -> BigComplex.I;
            default -> {
                Fraction value = point.get(name);
                if (value == null) {
                    throw new UnsupportedOperationException("no value for " + name);
                }
                yield of(value);
            }
        };
    }

    /** Odd roots of negative numbers are negative. */
    private BigComplex power(Expr.Power power) {
        BigComplex base = value(power.base());
        BigComplex exponent = value(power.exponent());
        return base.isReal() && base.re().signum() < 0 && Evaluator.isOddRoot(power.exponent())
                ? base.negate().power(exponent).negate()
                : base.power(exponent);
    }

    private static BigComplex call(String function, List<BigComplex> arguments) {
        BigComplex x = arguments.get(0);
        if (arguments.size() == 2 && function.equals("log")) {
            return x.ln().over(arguments.get(1).ln());
        }
        if (arguments.size() != 1) {
            throw new UnsupportedOperationException("function " + function);
        }
        return switch (function) {
            case "exp" -> x.exp();
            case "ln" -> x.ln();
            case "log", "lg" -> x.ln().over(BigComplex.real(BigDecimal.TEN).ln());
            case "abs" -> BigComplex.real(x.abs());
            default -> ofReal(function, x);
        };
    }

    private static BigComplex ofReal(String function, BigComplex x) {
        if (!x.isReal()) {
            throw new UnsupportedOperationException(function + " of a complex number");
        }
        return switch (function) {
            case "sin" -> sin(x);
            case "cos" -> cos(x);
            case "tan" -> sin(x).over(cos(x));
            case "cot" -> cos(x).over(sin(x));
            case "sec" -> BigComplex.ONE.over(cos(x));
            case "csc" -> BigComplex.ONE.over(sin(x));
            case "arctan" -> BigComplex.real(Digits.arctan(x.re()));
            case "arcsin" -> arcsin(x);
            case "arccos" ->
                BigComplex.real(Digits.PI.divide(TWO)).plus(arcsin(x).negate());
            case "floor" -> x.floor();
            case "ceil" -> x.negate().floor().negate();
            default -> throw new UnsupportedOperationException("function " + function);
        };
    }

    /** Of what is between -1 and 1. */
    private static BigComplex arcsin(BigComplex x) {
        BigDecimal square = BigDecimal.ONE.subtract(x.re().multiply(x.re()));
        if (square.signum() <= 0) {
            throw new ArithmeticException("arcsin of a number that is not between -1 and 1");
        }
        return BigComplex.real(Digits.arctan(x.re().divide(Digits.sqrt(square), Digits.CONTEXT)));
    }

    private static BigComplex sin(BigComplex x) {
        return BigComplex.real(Digits.sin(x.re()));
    }

    private static BigComplex cos(BigComplex x) {
        return BigComplex.real(Digits.cos(x.re()));
    }
}
