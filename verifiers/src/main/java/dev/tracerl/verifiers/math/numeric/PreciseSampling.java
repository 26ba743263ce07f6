package dev.tracerl.verifiers.math.numeric;

import dev.tracerl.verifiers.math.tree.Expr;
import dev.tracerl.verifiers.math.tree.Fraction;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * Compares two expressions to many digits at the points at which computer algebra would, and says what it would say of their
 * values: they agree if they are the same to 100 digits wherever they are compared, and differ if they do where all variables are
 * positive. Nothing is said where they may be put together of pieces that none of the points tells apart, where they differ at
 * negative numbers only, or where a value cannot be had here.
 */
public final class PreciseSampling {

    /** What values say. */
    public enum Finding {
        AGREE,
        DIFFER,
        NOTHING
    }

    private static final int POINTS = 5;
    private static final int MAX_FUNCTIONS = 24;

    /** Fewest points, of the first ones, at which both values are real. */
    private static final int MIN_COMPARED = 2;

    /** Square of the relative difference of equal values. */
    private static final BigDecimal AGREEMENT = new BigDecimal("1e-200");

    /** Square of the relative difference of different values. */
    private static final BigDecimal CLEAR = new BigDecimal("1e-60");

    private final Expr left;
    private final Expr right;
    private final List<String> variables;
    private int compared;

    private PreciseSampling(Expr left, Expr right) {
        this.left = left;
        this.right = right;
        Set<String> names = new TreeSet<>(Sampling.variables(left));
        names.addAll(Sampling.variables(right));
        this.variables = List.copyOf(names);
    }

    /** What the values of the expressions say. */
    public static Finding compare(Expr left, Expr right) {
        if (functions(left) + functions(right) > MAX_FUNCTIONS) {
            return Finding.NOTHING;
        }
        try {
            Finding finding = new PreciseSampling(left, right).compare();
            return finding == Finding.AGREE ? PieceSampling.confirmed(left, right) : finding;
        } catch (ArithmeticException | UnsupportedOperationException e) {
            return Finding.NOTHING; // a value cannot be had here
        }
    }

    /** Most values of functions that a comparison takes. */
    public static long effort(Expr left, Expr right) {
        return Math.min(MAX_FUNCTIONS, functions(left) + functions(right)) * (2L * POINTS + 2L * SampleNumbers.scales())
                + PieceSampling.effort(left, right);
    }

    private static int functions(Expr expr) {
        int own = expr instanceof Expr.Call || expr instanceof Expr.Power ? 1 : 0;
        return own
                + expr.children().stream().mapToInt(PreciseSampling::functions).sum();
    }

    private Finding compare() {
        boolean agree = true;
        boolean always = !Sampling.areReal(left, right);
        for (int point = 0; point < (variables.isEmpty() ? 1 : POINTS); point++) {
            int near = point;
            Finding finding = at(variable -> SampleNumbers.near(near, 1, variable), always);
            if (finding == Finding.DIFFER) {
                return finding;
            }
            agree &= finding == Finding.AGREE;
        }
        agree &= always || compared >= MIN_COMPARED;
        Finding elsewhere = variables.isEmpty() ? Finding.AGREE : elsewhere();
        return agree || elsewhere == Finding.DIFFER ? elsewhere : Finding.NOTHING;
    }

    /** At negative, small and large numbers, where both values are real. */
    private Finding elsewhere() {
        boolean agree = true;
        for (int point = 0; point < POINTS; point++) {
            int near = point;
            agree &= at(variable -> SampleNumbers.near(near, -1, variable), false) == Finding.AGREE;
        }
        for (int scale = 0; scale < SampleNumbers.scales(); scale++) {
            int size = scale;
            Finding positive = at(variable -> SampleNumbers.wide(size, true, variable), false);
            if (positive == Finding.DIFFER) {
                return positive;
            }
            agree &= positive == Finding.AGREE
                    && at(variable -> SampleNumbers.wide(size, false, variable), false) == Finding.AGREE;
        }
        return agree ? Finding.AGREE : Finding.NOTHING;
    }

    /** @param always whether values count that are not real */
    private Finding at(IntFunction<Fraction> number, boolean always) {
        Map<String, Fraction> point = new HashMap<>();
        for (int variable = 0; variable < variables.size(); variable++) {
            point.put(variables.get(variable), number.apply(variable));
        }
        PreciseEvaluator evaluator = new PreciseEvaluator(point);
        BigComplex a = evaluator.value(left);
        BigComplex b = evaluator.value(right);
        boolean counts = always || (a.isReal() && b.isReal());
        compared += counts ? 1 : 0;
        return counts ? compare(a, b) : Finding.AGREE;
    }

    /** What the values at one point say, if they are real. */
    static Finding at(Expr left, Expr right, Map<String, Fraction> point) {
        PreciseEvaluator evaluator = new PreciseEvaluator(point);
        BigComplex a = evaluator.value(left);
        BigComplex b = evaluator.value(right);
        return a.isReal() && b.isReal() ? compare(a, b) : Finding.AGREE;
    }

    private static Finding compare(BigComplex a, BigComplex b) {
        BigDecimal gap = square(a.re().subtract(b.re())).add(square(a.im().subtract(b.im())));
        BigDecimal size = square(a.re()).add(square(a.im()));
        if (gap.signum() == 0 || gap.compareTo(size.multiply(AGREEMENT)) < 0) {
            return Finding.AGREE;
        }
        return gap.compareTo(size.multiply(CLEAR)) > 0 ? Finding.DIFFER : Finding.NOTHING;
    }

    private static BigDecimal square(BigDecimal value) {
        return value.multiply(value);
    }
}
