package dev.tracerl.verifiers.math.compare;

import dev.tracerl.verifiers.math.numeric.Sampling;
import dev.tracerl.verifiers.math.tree.Expr;
import dev.tracerl.verifiers.math.tree.Fraction;

/** Bounds what computer algebra is asked, so that its clock is the last thing to end a question. */
public final class SymbolicSize {

    /** Most parts of an expression. */
    static final int MAX_PARTS = 150;

    /** Most variables. */
    static final int MAX_VARIABLES = 12;

    /** Most bits that the value at a point of rational numbers has, where arithmetic is exact. */
    static final double MAX_BITS = 40_000;

    private static final double BITS_OF_A_POINT = 12;
    private static final double BITS_OF_A_FUNCTION = 200; // as many as its digits

    private SymbolicSize() {}

    /** Whether an expression is too large to ask about. */
    public static boolean isTooLarge(Expr expr) {
        return parts(expr, MAX_PARTS + 1) > MAX_PARTS
                || Sampling.variables(expr).size() > MAX_VARIABLES
                || bits(expr) > MAX_BITS;
    }

    private static int parts(Expr expr, int limit) {
        int parts = 1;
        for (Expr child : expr.children()) {
            parts += parts >= limit ? 0 : parts(child, limit - parts);
        }
        return parts;
    }

    private static double bits(Expr expr) {
        if (expr instanceof Expr.Num number) {
            return bits(number.value());
        }
        if (expr instanceof Expr.Name) {
            return BITS_OF_A_POINT;
        }
        double bits = expr.children().stream().mapToDouble(SymbolicSize::bits).sum();
        if (expr instanceof Expr.Power power) {
            return repeated(bits, power.exponent());
        }
        return expr instanceof Expr.Call ? bits + BITS_OF_A_FUNCTION : bits;
    }

    /** A whole exponent repeats its base. */
    private static double repeated(double bits, Expr exponent) {
        Expr size = exponent instanceof Expr.Negative negative ? negative.value() : exponent;
        return size instanceof Expr.Num number && number.value().isWhole()
                ? bits * Math.max(1, number.value().numerator().abs().doubleValue())
                : bits + BITS_OF_A_FUNCTION;
    }

    private static double bits(Fraction value) {
        return value.numerator().bitLength() + value.denominator().bitLength();
    }
}
