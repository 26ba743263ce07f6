package dev.tracerl.verifiers.math.symbolic;

import java.util.List;
import org.matheclipse.core.eval.ExprEvaluator;
import org.matheclipse.core.interfaces.IExpr;

/**
 * Finds out whether two expressions are equal: by simplifying their difference if they are short, then by their values to many
 * digits. They agree if their values are the same to 40 digits at five rational points without a pattern, and differ nowhere
 * else where both are real: at small and large numbers, and at negative ones. That is no proof.
 */
final class EqualityTest {

    static final String EQUAL = "equal";

    /** No proof: their values are the same wherever they were compared. */
    static final String AGREEING = "agreeing";

    static final String DIFFERENT = "different";
    static final String UNKNOWN = "unknown";

    private static final int HISTORY = 10;
    private static final int DIGITS = 60;

    /** Digits that tell a difference from what rounding left of a long calculation. */
    private static final int MORE_DIGITS = 400;

    private static final int POINTS = 5;
    static final int MAX_VARIABLES = 12;

    /** Longest expressions that are simplified: what that takes does not show in their size. */
    private static final int MAX_SIMPLIFIED = 300;

    /** Relative difference of different values. */
    private static final double CLEAR = 1e-30;

    /** Relative difference of equal values: rounding at {@link #DIGITS}. */
    private static final double AGREEMENT = 1e-40;

    /** The same at {@link #MORE_DIGITS}. */
    private static final double AGREEMENT_TO_MORE_DIGITS = 1e-200;

    /** Relative difference of a value and the same one to more digits. */
    private static final double STEADY = 1e-9;

    private static final List<SamplePoint> WIDE = SamplePoint.wide(DIGITS);
    private static final List<SamplePoint> WIDE_TO_MORE_DIGITS = SamplePoint.wide(MORE_DIGITS);

    private final ExprEvaluator evaluator = new ExprEvaluator(false, (short) HISTORY);

    EqualityTest() {
        simplified("Sin(v0)^2+Cos(v0)^2-1"); // loads the rules before the first request is timed
    }

    String run(String left, String right) {
        boolean isShort = left.length() + right.length() <= MAX_SIMPLIFIED;
        return isShort && simplified("(" + left + ")-(" + right + ")") ? EQUAL : sampled(left, right);
    }

    private boolean simplified(String difference) {
        try {
            return evaluator.eval("Simplify(" + difference + ")").isZero();
        } catch (RuntimeException | StackOverflowError e) {
            return false;
        }
    }

    private String sampled(String left, String right) {
        int agreeing = 0;
        boolean variables = (left + right).contains("v0");
        int points = variables ? POINTS : 1;
        for (int point = 0; point < points; point++) {
            SamplePoint near = SamplePoint.near(point, 1);
            double gap = gap(near.in(left), near.in(right), DIGITS);
            if (gap > CLEAR) {
                return DIFFERENT;
            }
            agreeing += gap < AGREEMENT ? 1 : 0;
        }
        return agreeing < points ? UNKNOWN : confirmed(left, right, variables);
    }

    /** What becomes of an agreement near one. */
    private String confirmed(String left, String right, boolean variables) {
        String elsewhere = variables ? elsewhere(left, right) : AGREEING;
        return elsewhere.equals(DIFFERENT) || agreeToMoreDigits(left, right) ? elsewhere : UNKNOWN;
    }

    /** Whether no term was lost beside one that is larger by more than {@link #DIGITS}. */
    private boolean agreeToMoreDigits(String left, String right) {
        SamplePoint near = SamplePoint.near(0, 1);
        return gap(near.in(left), near.in(right), MORE_DIGITS) < AGREEMENT_TO_MORE_DIGITS;
    }

    /** Variables may be meant as positive ones: what differs only where some are negative, as |x| and x do, is unknown. */
    private String elsewhere(String left, String right) {
        boolean differ = false;
        for (int point = 0; point < POINTS; point++) {
            SamplePoint below = SamplePoint.near(point, -1);
            differ |= differAt(below.in(left), below.in(right));
        }
        for (int point = 0; point < WIDE.size(); point++) {
            SamplePoint wide = WIDE.get(point);
            if (differAt(wide.in(left), wide.in(right)) && areSteady(point, left, right)) {
                if (wide.positive()) {
                    return DIFFERENT;
                }
                differ = true;
            }
        }
        return differ ? UNKNOWN : AGREEING;
    }

    /** Whether values are real and differ. */
    private boolean differAt(String left, String right) {
        return areApart(left, right) && gap(left, right, DIGITS) > CLEAR && isReal(left) && isReal(right);
    }

    /** Spares most questions the rest. */
    private boolean areApart(String left, String right) {
        try {
            return value("Abs((" + left + ")-(" + right + "))", DIGITS) > 0;
        } catch (RuntimeException | StackOverflowError e) {
            return false;
        }
    }

    /** Whether more digits change neither the values nor that they differ. What has become zero may have been rounded away. */
    private boolean areSteady(int point, String left, String right) {
        SamplePoint less = WIDE.get(point);
        SamplePoint more = WIDE_TO_MORE_DIGITS.get(point);
        return isSteady(less.in(left), more.in(left))
                && isSteady(less.in(right), more.in(right))
                && gap(more.in(left), more.in(right), MORE_DIGITS) > CLEAR;
    }

    private boolean isSteady(String less, String more) {
        try {
            double value = value("Re(" + more + ")", MORE_DIGITS);
            return Math.abs(value("Re(" + less + ")", DIGITS) - value) < STEADY * Math.abs(value);
        } catch (RuntimeException | StackOverflowError e) {
            return false;
        }
    }

    private boolean isReal(String expression) {
        try {
            return value("Abs(Im(" + expression + "))", DIGITS) < AGREEMENT;
        } catch (RuntimeException | StackOverflowError e) {
            return false;
        }
    }

    /** The relative difference of two values; NaN if one has none. */
    private double gap(String left, String right, int digits) {
        try {
            double difference = value("Abs((" + left + ")-(" + right + "))", digits);
            double size = value("Abs(" + left + ")", digits);
            return difference == 0 && size == 0 ? 0 : difference / size;
        } catch (RuntimeException | StackOverflowError e) {
            return Double.NaN;
        }
    }

    private double value(String expression, int digits) {
        IExpr value = evaluator.eval("N(" + expression + "," + digits + ")");
        return value.isReal() ? value.evalf() : Double.NaN;
    }
}
