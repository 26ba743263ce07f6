package dev.tracerl.verifiers.math.numeric;

import dev.tracerl.verifiers.math.tree.Expr;
import dev.tracerl.verifiers.math.tree.Fraction;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/** Compares two expressions at a few points, always the same ones. */
public final class Sampling {

    /** Relative difference that rounding cannot explain. */
    private static final double CLEAR = 1e-6;

    /** Below it, cancellation may have left nothing but rounding. */
    private static final double SMALLEST = 1e-9;

    private static final int POINTS = 5;
    private static final Expr I = new Expr.Name("i");
    private static final Set<String> CONSTANTS = Set.of("pi", "e", "i");

    private Sampling() {}

    /**
     * Whether the expressions have clearly different values at some point where both are defined. Where both are of variables that
     * leave the real numbers, values that differ in their direction only are of other branches of a root.
     */
    public static boolean differ(Expr left, Expr right) {
        Set<String> variables = new TreeSet<>();
        collect(left, variables);
        collect(right, variables);
        boolean branches = areReal(left, right);
        for (int point = 0; point < (variables.isEmpty() ? 1 : POINTS); point++) {
            Evaluator evaluator = new Evaluator(values(variables, point));
            Optional<Complex> a = evaluator.value(left);
            Optional<Complex> b = evaluator.value(right);
            if (differ(a, b) && !(branches && areOfOneSize(a.orElseThrow(), b.orElseThrow()))) {
                return true;
            }
        }
        return false;
    }

    /** Whether two expressions have variables, and are real functions: what is not real is beside what they are meant for. */
    static boolean areReal(Expr left, Expr right) {
        boolean variables = !variables(left).isEmpty() || !variables(right).isEmpty();
        return variables && !isComplexFunction(left) && !isComplexFunction(right);
    }

    /** Whether i is in it, or a power of a variable to a variable. */
    private static boolean isComplexFunction(Expr expr) {
        boolean power = expr instanceof Expr.Power general
                && !variables(general.base()).isEmpty()
                && !variables(general.exponent()).isEmpty();
        return power || expr.equals(I) || expr.children().stream().anyMatch(Sampling::isComplexFunction);
    }

    private static boolean areOfOneSize(Complex a, Complex b) {
        return !a.isReal() && !b.isReal() && !differ(Complex.real(a.abs()), Complex.real(b.abs()));
    }

    /** Whether the expressions have clearly different values at a point, both of them real. */
    static boolean differ(Expr left, Expr right, Map<String, Fraction> point) {
        return differ(
                value(left, point).filter(Complex::isReal), value(right, point).filter(Complex::isReal));
    }

    /** The value at a point; empty if it has none in double precision. */
    static Optional<Complex> value(Expr expr, Map<String, Fraction> point) {
        Map<String, Double> numbers = new HashMap<>();
        point.forEach((name, value) -> numbers.put(name, value.toDouble()));
        return new Evaluator(numbers).value(expr);
    }

    private static boolean differ(Optional<Complex> a, Optional<Complex> b) {
        return a.isPresent() && b.isPresent() && differ(a.get(), b.get());
    }

    /** The real value of an expression without variables. */
    public static OptionalDouble constant(Expr expr) {
        return new Evaluator(Map.of())
                .value(expr)
                .filter(Complex::isReal)
                .map(value -> OptionalDouble.of(value.re()))
                .orElseGet(OptionalDouble::empty);
    }

    /** Whether an expression without variables has a value that is not real. */
    public static boolean isComplex(Expr expr) {
        return new Evaluator(Map.of())
                .value(expr)
                .filter(value -> !value.isReal())
                .isPresent();
    }

    /** The variables of an expression. */
    public static Set<String> variables(Expr expr) {
        Set<String> variables = new TreeSet<>();
        collect(expr, variables);
        return variables;
    }

    private static boolean differ(Complex a, Complex b) {
        double size = Math.max(a.abs(), b.abs());
        return size > SMALLEST && a.plus(b.negate()).abs() > CLEAR * size;
    }

    private static void collect(Expr expr, Set<String> variables) {
        if (expr instanceof Expr.Name name && !CONSTANTS.contains(name.name())) {
            variables.add(name.name());
        }
        expr.children().forEach(child -> collect(child, variables));
    }

    /** Positive values without a pattern, in [0.3, 2.3). */
    private static Map<String, Double> values(Set<String> variables, int point) {
        Map<String, Double> values = new HashMap<>();
        int index = 0;
        for (String variable : variables) {
            double phase = (point * 7 + ++index) * 0.6180339887498949;
            values.put(variable, 0.3 + 2 * (phase - Math.floor(phase)));
        }
        return values;
    }
}
