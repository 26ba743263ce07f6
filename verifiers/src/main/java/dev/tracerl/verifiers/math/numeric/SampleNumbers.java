package dev.tracerl.verifiers.math.numeric;

import dev.tracerl.verifiers.math.tree.Fraction;
import java.math.BigInteger;
import java.util.List;

/** The numbers that stand for variables where values are compared to many digits, always the same ones. */
public final class SampleNumbers {

    /** What {@link #wide} multiplies: below one, beyond the numbers of most tasks, and far beyond them. */
    private static final List<Fraction> SCALES =
            List.of(fraction(1, 2048), Fraction.of(8), Fraction.of(1024), Fraction.of(1_048_576));

    private SampleNumbers() {}

    /** From 0.6 to 6.2, of one sign. */
    public static Fraction near(int point, int sign, int variable) {
        return fraction(sign * (3 + 7 * point + 11 * variable), 5 + 2 * variable);
    }

    /** How many magnitudes there are. */
    public static int scales() {
        return SCALES.size();
    }

    /**
     * Of all magnitudes and signs, in changing order: whatever is only right between 0 and 7, or only for growing variables,
     * differs at one of them.
     */
    public static Fraction wide(int scale, boolean positive, int variable) {
        int salt = 5 * scale + (positive ? 0 : 3);
        int size = 107 + 31 * ((salt + 5 * variable) % 11);
        int sign = positive || !isNegative(scale, variable) ? 1 : -1;
        return SCALES.get(scale).times(fraction(sign * size, 29 + 2 * variable));
    }

    /** Every second variable, the others, and every third: of up to three, each is negative while the others are not. */
    private static boolean isNegative(int scale, int variable) {
        return scale < 2 ? (variable + scale) % 2 == 0 : (variable + scale) % 3 == (scale == 2 ? 1 : 0);
    }

    private static Fraction fraction(int numerator, int denominator) {
        return Fraction.of(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
    }
}
