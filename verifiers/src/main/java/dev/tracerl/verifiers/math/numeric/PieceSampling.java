package dev.tracerl.verifiers.math.numeric;

import dev.tracerl.verifiers.math.numeric.PreciseSampling.Finding;
import dev.tracerl.verifiers.math.tree.Expr;
import dev.tracerl.verifiers.math.tree.Fraction;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Says what an agreement of values is worth where expressions are put together of pieces: |x - 7| + |x - 9| is |2x - 16| but
 * between 7 and 9. Along each variable it looks between the places where linear and quadratic pieces meet, and at many others.
 */
public final class PieceSampling {

    private static final int MAX_VARIABLES = 3;

    /** Numbers for the other variables, by turns. */
    private static final int LINES = 2;

    private static final int POINTS = 128;
    private static final double STEP = 0.25;

    /** Where the numbers of a line begin: they are symmetric, but none is whole. */
    private static final double FIRST = -POINTS / 2 * STEP + STEP / 2;

    /** Points in double precision that take as long as one of many digits. */
    private static final int POINTS_OF_A_VALUE = 8;

    private final Expr left;
    private final Expr right;
    private final List<String> variables;

    private PieceSampling(Expr left, Expr right) {
        this.left = left;
        this.right = right;
        TreeSet<String> names = new TreeSet<>(Sampling.variables(left));
        names.addAll(Sampling.variables(right));
        this.variables = List.copyOf(names);
    }

    /** What is left of the finding that the values of two expressions agree at the usual points. */
    public static Finding confirmed(Expr left, Expr right) {
        if (!Pieces.has(left) && !Pieces.has(right)) {
            return Finding.AGREE;
        }
        if (!Pieces.has(left) || !Pieces.has(right) || Pieces.haveSteps(left, right)) {
            return Finding.NOTHING;
        }
        PieceSampling sampling = new PieceSampling(left, right);
        boolean tooMany = sampling.variables.size() > MAX_VARIABLES;
        if (tooMany) {
            return Pieces.haveKinks(left, right) ? Finding.NOTHING : Finding.AGREE;
        }
        return sampling.compare();
    }

    /** What that takes, in values to many digits. */
    static long effort(Expr left, Expr right) {
        boolean pieces = Pieces.has(left) && Pieces.has(right);
        return pieces ? (long) MAX_VARIABLES * LINES * POINTS / POINTS_OF_A_VALUE : 0;
    }

    private Finding compare() {
        for (int axis = 0; axis < variables.size(); axis++) {
            for (int line = 0; line < LINES; line++) {
                Finding finding = along(axis, line);
                if (finding != Finding.AGREE) {
                    return finding;
                }
            }
        }
        return Finding.AGREE;
    }

    private Finding along(int axis, int line) {
        Map<String, Fraction> point = new HashMap<>();
        for (int variable = 0; variable < variables.size(); variable++) {
            point.put(variables.get(variable), SampleNumbers.near(line, line == 0 ? 1 : -1, variable));
        }
        String moving = variables.get(axis);
        for (double number : numbers(point, moving)) {
            point.put(moving, exact(number));
            Finding finding = Sampling.differ(left, right, point) ? precisely(point) : Finding.AGREE;
            if (finding != Finding.AGREE) {
                return finding;
            }
        }
        return Finding.AGREE;
    }

    /** Variables may be meant as positive: a difference elsewhere says nothing. */
    private Finding precisely(Map<String, Fraction> point) {
        try {
            Finding finding = PreciseSampling.at(left, right, point);
            boolean positive = point.values().stream().allMatch(value -> value.signum() > 0);
            return finding == Finding.DIFFER && !positive ? Finding.NOTHING : finding;
        } catch (ArithmeticException | UnsupportedOperationException e) {
            return Finding.NOTHING; // a value cannot be had here
        }
    }

    /** Numbers for a variable: on a line, and between the places where pieces meet. */
    private List<Double> numbers(Map<String, Fraction> point, String moving) {
        TreeSet<Double> breaks = new TreeSet<>();
        for (Expr argument : Pieces.arguments(left, right)) {
            breaks.addAll(Roots.of(number -> value(argument, point, moving, number)));
        }
        List<Double> numbers = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            numbers.add(FIRST + i * STEP);
        }
        for (Double place : breaks) {
            Double next = breaks.higher(place);
            numbers.add(next == null ? place + 1 : (place + next) / 2);
        }
        breaks.stream().findFirst().ifPresent(first -> numbers.add(first - 1));
        return numbers;
    }

    private static double value(Expr argument, Map<String, Fraction> point, String moving, double number) {
        Map<String, Fraction> at = new HashMap<>(point);
        at.put(moving, exact(number));
        Optional<Complex> value = Sampling.value(argument, at);
        return value.filter(Complex::isReal).map(Complex::re).orElse(Double.NaN);
    }

    private static Fraction exact(double number) {
        BigDecimal decimal = new BigDecimal(number);
        return Fraction.of(
                decimal.unscaledValue(),
                BigDecimal.TEN.pow(Math.max(0, decimal.scale())).toBigIntegerExact());
    }
}
