package dev.tracerl.verifiers.math.numeric;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** Real functions to {@link #DIGITS} digits. */
final class Digits {

    /** More than are compared: what cancels within the bounds of {@link BigComplex} takes some. */
    static final int DIGITS = 150;

    static final MathContext CONTEXT = new MathContext(DIGITS, RoundingMode.HALF_EVEN);

    /** For steps within a function. */
    private static final MathContext INNER = new MathContext(DIGITS + 40, RoundingMode.HALF_EVEN);

    private static final BigDecimal TINY = BigDecimal.ONE.movePointLeft(DIGITS + 35);
    private static final BigDecimal MAX_EXPONENT = BigDecimal.valueOf(100);
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final int HALVINGS = 32;
    private static final int ARCTAN_HALVINGS = 8;
    private static final int LN_STEPS = 3;

    static final BigDecimal PI = arctan(BigDecimal.ONE).multiply(BigDecimal.valueOf(4), INNER);
    static final BigDecimal E = exp(BigDecimal.ONE);

    private Digits() {}

    static BigDecimal sqrt(BigDecimal x) {
        return x.sqrt(INNER);
    }

    /** By Taylor's series of a small part of the exponent. */
    static BigDecimal exp(BigDecimal x) {
        if (x.abs().compareTo(MAX_EXPONENT) > 0) {
            throw new ArithmeticException("e to the power " + x.toBigInteger());
        }
        BigDecimal part = x.divide(TWO.pow(HALVINGS), INNER);
        BigDecimal term = BigDecimal.ONE;
        BigDecimal sum = BigDecimal.ONE;
        for (int i = 1; term.abs().compareTo(TINY) > 0; i++) {
            term = term.multiply(part, INNER).divide(BigDecimal.valueOf(i), INNER);
            sum = sum.add(term, INNER);
        }
        for (int i = 0; i < HALVINGS; i++) {
            sum = sum.multiply(sum, INNER);
        }
        return sum;
    }

    /** Of a positive number, by Halley's steps, each of which triples the digits. */
    static BigDecimal ln(BigDecimal x) {
        BigDecimal y = new BigDecimal(Math.log(x.doubleValue()));
        for (int step = 0; step < LN_STEPS; step++) {
            BigDecimal power = exp(y);
            y = y.add(TWO.multiply(x.subtract(power, INNER)).divide(x.add(power, INNER), INNER), INNER);
        }
        return y;
    }

    static BigDecimal sin(BigDecimal x) {
        BigDecimal angle = withinTurn(x);
        return series(angle, angle, 1);
    }

    static BigDecimal cos(BigDecimal x) {
        return series(withinTurn(x), BigDecimal.ONE, 0);
    }

    /** The rest of a Taylor series whose terms are those powers of an angle over factorials that go on by twos. */
    private static BigDecimal series(BigDecimal angle, BigDecimal first, int power) {
        BigDecimal square = angle.multiply(angle, INNER).negate();
        BigDecimal term = first;
        BigDecimal sum = first;
        for (int i = power + 1; term.abs().compareTo(TINY) > 0; i += 2) {
            term = term.multiply(square, INNER).divide(BigDecimal.valueOf((long) i * (i + 1)), INNER);
            sum = sum.add(term, INNER);
        }
        return sum;
    }

    private static BigDecimal withinTurn(BigDecimal x) {
        BigDecimal turn = TWO.multiply(PI);
        BigInteger turns =
                x.divide(turn, INNER).setScale(0, RoundingMode.HALF_EVEN).toBigInteger();
        return x.subtract(turn.multiply(new BigDecimal(turns)));
    }

    /** By halves of the angle, then its series. */
    static BigDecimal arctan(BigDecimal x) {
        BigDecimal small = x;
        for (int i = 0; i < ARCTAN_HALVINGS; i++) {
            BigDecimal root = sqrt(BigDecimal.ONE.add(small.multiply(small, INNER), INNER));
            small = small.divide(BigDecimal.ONE.add(root, INNER), INNER);
        }
        BigDecimal square = small.multiply(small, INNER).negate();
        BigDecimal power = small;
        BigDecimal sum = small;
        for (int i = 3; power.abs().compareTo(TINY) > 0; i += 2) {
            power = power.multiply(square, INNER);
            sum = sum.add(power.divide(BigDecimal.valueOf(i), INNER), INNER);
        }
        return sum.multiply(TWO.pow(ARCTAN_HALVINGS), INNER);
    }
}
