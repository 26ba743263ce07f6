package dev.tracerl.verifiers.math.compare;

import dev.tracerl.verifiers.math.numeric.Sampling;
import dev.tracerl.verifiers.math.tree.Expr;
import dev.tracerl.verifiers.math.tree.Fraction;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * When a value that is not equal is still right.
 *
 * <p>If the right answer is a decimal with three or more significant digits, an exact value that no decimal of its
 * length can be (a root, pi, one third) is right if it rounds to that decimal; with five or more, a longer decimal is
 * too. If it is a fraction that no decimal can be, a decimal of six or more significant digits is right if it is that
 * fraction, rounded or cut. Otherwise only the value itself is right: 1.414 is not the root of two.
 */
final class Approximation {

    private static final int MIN_FOR_EXACT = 3;
    private static final int MIN_FOR_LONGER = 5;
    private static final int MIN_FOR_FRACTION = 6;
    private static final int MAX_DIGITS = 15;

    /** Relative rounding of a number with sixteen digits or more. */
    private static final double ROUNDING = 4e-16;

    private Approximation() {}

    static boolean isAccepted(Expr right, Expr given, ScalarComparison scalars) {
        if (right instanceof Expr.Percent a && given instanceof Expr.Percent b) {
            return isAccepted(a.value(), b.value(), scalars);
        }
        Optional<Fraction> target = scalars.rational(right);
        if (target.isEmpty()) {
            return false;
        }
        int digits = Scalars.decimals(right);
        int givenDigits = Scalars.decimals(given);
        if (digits >= 1) {
            return digits > MAX_DIGITS
                    ? isClose(target.get(), given, givenDigits)
                    : toDecimal(target.get(), digits, given, givenDigits, scalars);
        }
        return givenDigits >= 1 && !target.get().terminates() && isExpansion(target.get(), given, givenDigits, scalars);
    }

    private static boolean toDecimal(
            Fraction target, int digits, Expr given, int givenDigits, ScalarComparison scalars) {
        int significant = significant(target, digits);
        Optional<Fraction> value = scalars.rational(given);
        if (givenDigits >= 0) {
            return givenDigits > digits
                    && significant >= MIN_FOR_LONGER
                    && rounds(decimal(value.orElseThrow()), target, digits);
        }
        if (significant < MIN_FOR_EXACT) {
            return false;
        }
        if (value.isPresent()) {
            return !value.get().terminates() && rounds(decimal(value.get()), target, digits);
        }
        OptionalDouble approximate = Sampling.constant(given);
        return approximate.isPresent() && rounds(new BigDecimal(approximate.getAsDouble()), target, digits);
    }

    /** Whether the right answer has as many digits as a computer prints, and they are those of the given value, which is
     * no decimal itself. */
    private static boolean isClose(Fraction target, Expr given, int givenDigits) {
        OptionalDouble value = Sampling.constant(given);
        double size = Math.abs(target.toDouble());
        return givenDigits < 0
                && value.isPresent()
                && Math.abs(value.getAsDouble() - target.toDouble()) <= ROUNDING * size;
    }

    private static boolean isExpansion(Fraction target, Expr given, int digits, ScalarComparison scalars) {
        Optional<Fraction> value = scalars.rational(given);
        if (value.isEmpty() || significant(value.get(), digits) < MIN_FOR_FRACTION) {
            return false;
        }
        BigDecimal written = decimal(value.get(), digits, RoundingMode.HALF_UP);
        return written.compareTo(decimal(target, digits, RoundingMode.HALF_UP)) == 0
                || written.compareTo(decimal(target, digits, RoundingMode.DOWN)) == 0;
    }

    private static boolean rounds(BigDecimal value, Fraction target, int digits) {
        return value.setScale(digits, RoundingMode.HALF_UP).compareTo(decimal(target, digits, RoundingMode.HALF_UP))
                == 0;
    }

    /** Digits of a decimal from the first one that is not 0. */
    private static int significant(Fraction value, int digits) {
        BigInteger scaled = value.times(Fraction.of(BigInteger.TEN.pow(digits), BigInteger.ONE))
                .numerator()
                .abs();
        return scaled.signum() == 0 ? 0 : scaled.toString().length();
    }

    private static BigDecimal decimal(Fraction value) {
        return decimal(value, 40, RoundingMode.HALF_EVEN);
    }

    private static BigDecimal decimal(Fraction value, int digits, RoundingMode mode) {
        return new BigDecimal(value.numerator()).divide(new BigDecimal(value.denominator()), digits, mode);
    }
}
