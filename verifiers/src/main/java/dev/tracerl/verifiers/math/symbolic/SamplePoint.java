package dev.tracerl.verifiers.math.symbolic;

import dev.tracerl.verifiers.math.numeric.SampleNumbers;
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

    /** Rational numbers from 0.6 to 6.2, of one sign, with which arithmetic is exact. */
    static SamplePoint near(int point, int sign) {
        return new SamplePoint(sign > 0, variable -> "(" + SampleNumbers.near(point, sign, variable) + ")");
    }

    /** Numbers of a precision, of all magnitudes and signs. */
    static List<SamplePoint> wide(int digits) {
        List<SamplePoint> points = new ArrayList<>();
        for (int scale = 0; scale < SampleNumbers.scales(); scale++) {
            points.add(wide(scale, true, digits));
            points.add(wide(scale, false, digits));
        }
        return points;
    }

    private static SamplePoint wide(int scale, boolean positive, int digits) {
        return new SamplePoint(
                positive, variable -> "N(" + SampleNumbers.wide(scale, positive, variable) + "," + digits + ")");
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
