package dev.tracerl.verifiers.math.exact;

import dev.tracerl.verifiers.math.tree.Fraction;
import java.math.BigInteger;
import java.util.Optional;

/** Sines and cosines that are square roots of quarters. */
final class Angles {

    /** Four times the square of the cosine of 0, 30, 45, 60 and 90 degrees. */
    private static final int[] FOUR_SQUARES = {4, 3, 2, 1, 0};

    private static final int[] DEGREES = {0, 30, 45, 60, 90};

    private Angles() {}

    /**
     * The value of sin or cos.
     *
     * @param halfTurns the angle as a multiple of pi
     */
    static Optional<NormalForm> value(String function, Fraction halfTurns, Powers powers) {
        Fraction degrees = halfTurns.times(Fraction.of(180));
        if (!degrees.isWhole()) {
            return Optional.empty();
        }
        int angle = degrees.numerator().mod(BigInteger.valueOf(360)).intValue();
        int cosine = function.equals("cos") ? angle : Math.floorMod(90 - angle, 360);
        int folded = cosine > 180 ? 360 - cosine : cosine;
        boolean negative = folded > 90;
        int acute = negative ? 180 - folded : folded;
        for (int i = 0; i < DEGREES.length; i++) {
            if (DEGREES[i] == acute) {
                return Optional.of(root(FOUR_SQUARES[i], negative, powers));
            }
        }
        return Optional.empty();
    }

    private static NormalForm root(int fourSquares, boolean negative, Powers powers) {
        NormalForm square = NormalForm.of(Fraction.of(BigInteger.valueOf(fourSquares), BigInteger.valueOf(4)));
        NormalForm half = NormalForm.of(Fraction.of(BigInteger.ONE, BigInteger.TWO));
        NormalForm value = powers.power(square, half);
        return negative ? value.negate() : value;
    }
}
