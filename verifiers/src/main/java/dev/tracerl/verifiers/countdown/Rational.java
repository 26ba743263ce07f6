package dev.tracerl.verifiers.countdown;

import java.math.BigInteger;
import java.util.Optional;

/**
 * An exact fraction in lowest terms with a positive denominator.
 *
 * @param numerator any integer
 * @param denominator positive, without a common factor with the numerator
 */
record Rational(BigInteger numerator, BigInteger denominator) {

    static Rational of(long value) {
        return new Rational(BigInteger.valueOf(value), BigInteger.ONE);
    }

    /** The result of {@code this operator right}; empty for a division by zero. */
    Optional<Rational> apply(char operator, Rational right) {
        BigInteger cross = right.numerator.multiply(denominator);
        BigInteger common = denominator.multiply(right.denominator);
        return switch (operator) {
            case '+' ->
                Optional.of(reduced(numerator.multiply(right.denominator).add(cross), common));
            case '-' ->
                Optional.of(reduced(numerator.multiply(right.denominator).subtract(cross), common));
            case '*' -> Optional.of(reduced(numerator.multiply(right.numerator), common));
            case '/' ->
                right.numerator.signum() == 0
                        ? Optional.empty()
                        : Optional.of(reduced(numerator.multiply(right.denominator), cross));
            default -> throw new IllegalArgumentException("operator is " + operator + ", must be one of + - * /");
        };
    }

    private static Rational reduced(BigInteger numerator, BigInteger denominator) {
        BigInteger factor = numerator.gcd(denominator);
        BigInteger divisor = denominator.signum() < 0 ? factor.negate() : factor;
        return new Rational(numerator.divide(divisor), denominator.divide(divisor));
    }

    @Override
    public String toString() {
        return denominator.equals(BigInteger.ONE) ? numerator.toString() : numerator + "/" + denominator;
    }
}
