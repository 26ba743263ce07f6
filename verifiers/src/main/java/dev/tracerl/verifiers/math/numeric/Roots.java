package dev.tracerl.verifiers.math.numeric;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Zeros of linear and quadratic functions that are known by their values only. */
final class Roots {

    private static final double ROUNDING = 1e-9;

    private Roots() {}

    /** The real zeros; none if the function is of another kind. */
    static List<Double> of(DoubleUnaryOperator function) {
        double c = function.applyAsDouble(0);
        double above = function.applyAsDouble(1);
        double below = function.applyAsDouble(-1);
        double a = (above + below) / 2 - c;
        double b = (above - below) / 2;
        double size = 1 + Math.abs(a) + Math.abs(b) + Math.abs(c);
        boolean quadratic = fits(function, a, b, c, 2) && fits(function, a, b, c, -3.5);
        if (!quadratic) {
            return List.of();
        }
        if (Math.abs(a) < ROUNDING * size) {
            return Math.abs(b) < ROUNDING * size ? List.of() : List.of(-c / b);
        }
        double discriminant = b * b - 4 * a * c;
        if (discriminant < -ROUNDING * size * size) {
            return List.of();
        }
        double root = Math.sqrt(Math.max(0, discriminant));
        return List.of((-b - root) / (2 * a), (-b + root) / (2 * a));
    }

    private static boolean fits(DoubleUnaryOperator function, double a, double b, double c, double x) {
        double expected = a * x * x + b * x + c;
        double size = 1 + Math.abs(a * x * x) + Math.abs(b * x) + Math.abs(c);
        return Math.abs(function.applyAsDouble(x) - expected) < ROUNDING * size;
    }
}
