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
 * length can be (a root, pi, one third) is right if it rounds to that decimal, and with six or more also if it is cut to it;
 * with five or more, a longer decimal that rounds to it is too. With six or more places, as only a computer writes them, a
 * shorter one of six or more significant digits is right if it is the right answer, rounded. If the right answer is a fraction
 * that no decimal can be, a decimal of six or more significant digits is right if it is that fraction, rounded or cut, and has
 * enough digits to be no other fraction with a denominator as small; if it is a root or pi, only a decimal of sixteen or more, as a computer prints it. Otherwise only the value itself is right: 1.414 is
 * not the root of two.
 */
final class Approximation {

    private static final int MIN_FOR_EXACT = 3;
    private static final int MIN_FOR_LONGER = 5;
    private static final int MIN_FOR_FRACTION = 6;
    private static final int MAX_DIGITS = 15;

    /** Places of a decimal that was computed, not measured or paid. */
    private static final int MIN_PLACES_OF_COMPUTED = 6;

    /** Relative rounding of a number with sixteen digits or more. */
    private static final double ROUNDING = 4e-16;

    private Approximation() {}

    static boolean isAccepted(Expr right, Expr given, ScalarComparison scalars) {
        if (right instanceof Expr.Percent a && given instanceof Expr.Percent b) {
            return isAccepted(a.value(), b.value(), scalars);
        }
        Optional<Fraction> target = scalars.rational(right);
        int givenDigits = Scalars.decimals(given);
        if (target.isEmpty()) {
            return isPrinted(right, given, givenDigits, scalars);
        }
        int digits = Scalars.decimals(right);
        if (digits >= 1) {
            return digits > MAX_DIGITS
                    ? isClose(target.get(), given, givenDigits)
                    : toDecimal(target.get(), digits, given, givenDigits, scalars);
        }
        return givenDigits >= 1 && !target.get().terminates() && isExpansion(target.get(), given, givenDigits, scalars);
    }

    private static boolean toDecimal(
            Fraction target, int digits, Expr given, int givenDigits, ScalarComparison scalars) {
        Optional<Fraction> value = scalars.rational(given);
        if (givenDigits >= 0) {
            return toOther(target, digits, value.orElseThrow(), givenDigits);
        }
        if (significant(target, digits) < MIN_FOR_EXACT) {
            return false;
        }
        if (value.isPresent()) {
            return !value.get().terminates() && becomes(decimal(value.get()), target, digits);
        }
        OptionalDouble approximate = Sampling.constant(given);
        return approximate.isPresent() && becomes(new BigDecimal(approximate.getAsDouble()), target, digits);
    }

    /** Whether a decimal of another length is meant as the same one. */
    private static boolean toOther(Fraction target, int digits, Fraction given, int givenDigits) {
        return givenDigits > digits
                ? significant(target, digits) >= MIN_FOR_LONGER && rounds(decimal(given), target, digits)
                : digits >= MIN_PLACES_OF_COMPUTED && isShorter(target, given, givenDigits);
    }

    /** Whether an exact value is rounded to a decimal, or cut to one of many digits. */
    private static boolean becomes(BigDecimal value, Fraction target, int digits) {
        boolean cut = significant(target, digits) >= MIN_FOR_FRACTION
                && value.setScale(digits, RoundingMode.DOWN).compareTo(decimal(target, digits, RoundingMode.HALF_UP))
                        == 0;
        return cut || rounds(value, target, digits);
    }

    private static boolean isShorter(Fraction target, Fraction given, int givenDigits) {
        boolean padded = decimal(given, givenDigits, RoundingMode.HALF_UP)
                        .unscaledValue()
                        .mod(BigInteger.TEN)
                        .signum()
                == 0;
        return !padded
                && significant(given, givenDigits) >= MIN_FOR_FRACTION
                && rounds(decimal(target), given, givenDigits);
    }

    /** Whether a decimal is an exact value that is no fraction, as a computer prints it. */
    private static boolean isPrinted(Expr right, Expr given, int givenDigits, ScalarComparison scalars) {
        OptionalDouble value = givenDigits >= 1 ? Sampling.constant(right) : OptionalDouble.empty();
        Optional<Fraction> printed = value.isPresent() ? scalars.rational(given) : Optional.empty();
        return printed.isPresent()
                && !printed.get().isWhole()
                && significant(printed.get(), givenDigits) > MAX_DIGITS
                && Math.abs(printed.get().toDouble() - value.getAsDouble()) <= Math.ulp(value.getAsDouble());
    }

    private static boolean isClose(double a, double b) {
        return Math.abs(a - b) <= ROUNDING * Math.abs(a);
    }

    /** Whether the right answer has as many digits as a computer prints, and they are those of the given value, which is
     * no decimal itself. */
    private static boolean isClose(Fraction target, Expr given, int givenDigits) {
        OptionalDouble value = Sampling.constant(given);
        return givenDigits < 0 && value.isPresent() && isClose(target.toDouble(), value.getAsDouble());
    }

    private static boolean isExpansion(Fraction target, Expr given, int digits, ScalarComparison scalars) {
        Optional<Fraction> value = scalars.rational(given);
        if (value.isEmpty() || significant(value.get(), digits) < MIN_FOR_FRACTION || !isSingledOut(target, digits)) {
            return false;
        }
        BigDecimal written = decimal(value.get(), digits, RoundingMode.HALF_UP);
        return written.compareTo(decimal(target, digits, RoundingMode.HALF_UP)) == 0
                || written.compareTo(decimal(target, digits, RoundingMode.DOWN)) == 0;
    }

    /** Whether no other fraction with a denominator as small is as close: those are apart by the square of its inverse. */
    private static boolean isSingledOut(Fraction target, int digits) {
        return target.denominator().pow(2).compareTo(BigInteger.TEN.pow(digits)) < 0;
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
