package dev.tracerl.verifiers.math.symbolic;

import org.matheclipse.core.eval.ExprEvaluator;
import org.matheclipse.core.interfaces.IExpr;

/**
 * Finds out whether two expressions are equal: by simplifying their difference if they are short, then by their values at
 * rational points to many digits, positive ones and, where both are real, negative ones. Expressions that agree to 40 digits
 * at five points without a pattern are taken for equal.
 */
final class EqualityTest {

    static final String EQUAL = "equal";
    static final String DIFFERENT = "different";
    static final String UNKNOWN = "unknown";

    private static final int HISTORY = 10;
    private static final int DIGITS = 60;
    private static final int POINTS = 5;
    static final int MAX_VARIABLES = 12;

    /** Longest expressions that are simplified: what that takes does not show in their size. */
    private static final int MAX_SIMPLIFIED = 300;

    /** Relative difference of different values. */
    private static final double CLEAR = 1e-30;

    /** Relative difference of equal values: rounding at {@link #DIGITS}. */
    private static final double AGREEMENT = 1e-40;

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
        int points = (left + right).contains("v0") ? POINTS : 1;
        for (int point = 0; point < points; point++) {
            double gap = gap(at(left, point, 1), at(right, point, 1));
            if (gap > CLEAR) {
                return DIFFERENT;
            }
            agreeing += gap < AGREEMENT ? 1 : 0;
        }
        return agreeing == points && !differBelowZero(left, right, points) ? EQUAL : UNKNOWN;
    }

    /** Whether real values differ where variables are negative, as those of |x| and x do. */
    private boolean differBelowZero(String left, String right, int points) {
        for (int point = 0; points > 1 && point < points; point++) {
            String a = at(left, point, -1);
            String b = at(right, point, -1);
            if (isReal(a) && isReal(b) && gap(a, b) > CLEAR) {
                return true;
            }
        }
        return false;
    }

    private boolean isReal(String expression) {
        try {
            return value("Abs(Im(" + expression + "))") < AGREEMENT;
        } catch (RuntimeException | StackOverflowError e) {
            return false;
        }
    }

    /** The relative difference of two values; NaN if one has none. */
    private double gap(String left, String right) {
        try {
            double difference = value("Abs((" + left + ")-(" + right + "))");
            double size = value("Abs(" + left + ")");
            return difference == 0 && size == 0 ? 0 : difference / size;
        } catch (RuntimeException | StackOverflowError e) {
            return Double.NaN;
        }
    }

    private double value(String expression) {
        IExpr value = evaluator.eval("N(" + expression + "," + DIGITS + ")");
        return value.isReal() ? value.evalf() : Double.NaN;
    }

    /** The expression with rational numbers for its variables. */
    private static String at(String expression, int point, int sign) {
        String at = expression;
        for (int variable = MAX_VARIABLES - 1; variable >= 0; variable--) {
            at = at.replace(
                    "v" + variable, "(" + sign * (3 + 7 * point + 11 * variable) + "/" + (5 + 2 * variable) + ")");
        }
        return at;
    }
}
