package dev.tracerl.verifiers.math.tree;

import java.math.BigInteger;

/**
 * An exact fraction in lowest terms with a positive denominator. Sizes are bounded.
 *
 * @param numerator any integer
 * @param denominator positive, without a common factor with the numerator
 */
public record Fraction(BigInteger numerator, BigInteger denominator) implements Comparable<Fraction> {

    /** Most bits of a numerator or denominator. */
    public static final int MAX_BITS = 20_000;

    public static final Fraction ZERO = of(0);
    public static final Fraction ONE = of(1);

    /** A whole number. */
    public static Fraction of(long value) {
        return new Fraction(BigInteger.valueOf(value), BigInteger.ONE);
    }

    /**
     * A quotient.
     *
     * @throws ArithmeticException if the denominator is 0
     * @throws TooLargeException if it is larger than {@link #MAX_BITS}
     */
    public static Fraction of(BigInteger numerator, BigInteger denominator) {
        if (denominator.signum() == 0) {
            throw new ArithmeticException("division by zero");
        }
        if (numerator.bitLength() > MAX_BITS || denominator.bitLength() > MAX_BITS) {
            throw new TooLargeException("a number has more than " + MAX_BITS + " bits");
        }
        BigInteger factor = numerator.gcd(denominator);
        BigInteger divisor = denominator.signum() < 0 ? factor.negate() : factor;
        return new Fraction(numerator.divide(divisor), denominator.divide(divisor));
    }

    public Fraction plus(Fraction other) {
        BigInteger common = denominator.gcd(other.denominator);
        BigInteger factor = other.denominator.divide(common);
        BigInteger otherFactor = denominator.divide(common);
        return of(numerator.multiply(factor).add(other.numerator.multiply(otherFactor)), denominator.multiply(factor));
    }

    public Fraction minus(Fraction other) {
        return plus(other.negate());
    }

    public Fraction times(Fraction other) {
        return of(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    public Fraction over(Fraction other) {
        return of(numerator.multiply(other.denominator), denominator.multiply(other.numerator));
    }

    public Fraction negate() {
        return new Fraction(numerator.negate(), denominator);
    }

    /** A whole power, also a negative one. */
    public Fraction power(int exponent) {
        long bits = (long) Math.max(numerator.bitLength(), denominator.bitLength()) * Math.abs((long) exponent);
        if (bits > MAX_BITS && !isUnit()) {
            throw new TooLargeException("a power has more than " + MAX_BITS + " bits");
        }
        if (exponent < 0) {
            return of(denominator.pow(-exponent), numerator.pow(-exponent));
        }
        return new Fraction(numerator.pow(exponent), denominator.pow(exponent));
    }

    /** Whether it is -1, 0 or 1. */
    private boolean isUnit() {
        return isWhole() && numerator.bitLength() <= 1;
    }

    /** How long the arithmetic with another fraction takes, in units of a few short products. */
    public long effort(Fraction other) {
        return 1 + words() * other.words() / 16;
    }

    private long words() {
        return 1 + ((long) numerator.bitLength() + denominator.bitLength()) / 32;
    }

    public boolean isWhole() {
        return denominator.equals(BigInteger.ONE);
    }

    public int signum() {
        return numerator.signum();
    }

    /** Whether its decimal expansion ends. */
    public boolean terminates() {
        BigInteger rest = denominator.shiftRight(denominator.getLowestSetBit());
        BigInteger five = BigInteger.valueOf(5);
        while (rest.bitLength() > 1 && rest.mod(five).signum() == 0) {
            rest = rest.divide(five);
        }
        return rest.equals(BigInteger.ONE);
    }

    public double toDouble() {
        int shift = numerator.bitLength() - denominator.bitLength();
        if (Math.abs(shift) < 900 && numerator.bitLength() < 900) {
            return numerator.doubleValue() / denominator.doubleValue();
        }
        // Scaled, so that neither part overflows.
        BigInteger scaled = shift < 64 ? numerator.shiftLeft(64 - shift) : numerator.shiftRight(shift - 64);
        return Math.scalb(scaled.divide(denominator).doubleValue(), shift - 64);
    }

    @Override
    public int compareTo(Fraction other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }

    @Override
    public String toString() {
        return isWhole() ? numerator.toString() : numerator + "/" + denominator;
    }
}
