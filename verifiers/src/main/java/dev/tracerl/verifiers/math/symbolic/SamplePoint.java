package dev.tracerl.verifiers.math.symbolic;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Numbers for the variables v0, v1, ..., always the same ones.
 *
 * @param positive whether all of them are
 * @param number a number in Symja's language, by variable
 */
record SamplePoint(boolean positive, IntFunction<String> number) {

    /** What {@link #wide} multiplies: below one, beyond the numbers of most tasks, and far beyond them. */
    private static final List<String> SCALES = List.of("1/2048", "8", "1024", "1048576");

    /** Rational numbers from 0.6 to 6.2, of one sign, with which arithmetic is exact. */
    static SamplePoint near(int point, int sign) {
        return new SamplePoint(
                sign > 0, variable -> "(" + sign * (3 + 7 * point + 11 * variable) + "/" + (5 + 2 * variable) + ")");
    }

    /**
     * Numbers of a precision, of all magnitudes and signs, in changing order: whatever is only right between 0 and 7, or only
     * for growing variables, differs at one of them.
     */
    static List<SamplePoint> wide(int digits) {
        List<SamplePoint> points = new ArrayList<>();
        for (int scale = 0; scale < SCALES.size(); scale++) {
            points.add(wide(scale, true, digits));
            points.add(wide(scale, false, digits));
        }
        return points;
    }

    private static SamplePoint wide(int scale, boolean positive, int digits) {
        int salt = 5 * scale + (positive ? 0 : 3);
        return new SamplePoint(positive, variable -> {
            int size = 107 + 31 * ((salt + 5 * variable) % 11);
            String sign = positive || variable % 2 == 1 ? "" : "-";
            return "N(" + sign + SCALES.get(scale) + "*" + size + "/" + (29 + 2 * variable) + "," + digits + ")";
        });
    }

    /** The expression with the numbers for its variables. */
    String in(String expression) {
        String at = expression;
        for (int variable = EqualityTest.MAX_VARIABLES - 1; variable >= 0; variable--) {
            at = at.replace("v" + variable, number.apply(variable));
        }
        return at;
    }
}
