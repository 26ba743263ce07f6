package dev.tracerl.verifiers.math.numeric;

import dev.tracerl.verifiers.math.tree.Expr;
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
    private static final Set<String> CONSTANTS = Set.of("pi", "e", "i");

    private Sampling() {}

    /** Whether the expressions have clearly different values at some point where both are defined. */
    public static boolean differ(Expr left, Expr right) {
        Set<String> variables = new TreeSet<>();
        collect(left, variables);
        collect(right, variables);
        for (int point = 0; point < (variables.isEmpty() ? 1 : POINTS); point++) {
            Evaluator evaluator = new Evaluator(values(variables, point));
            Optional<Complex> a = evaluator.value(left);
            Optional<Complex> b = evaluator.value(right);
            if (a.isPresent() && b.isPresent() && differ(a.get(), b.get())) {
                return true;
            }
        }
        return false;
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
