package dev.tracerl.verifiers.math.exact;

import dev.tracerl.verifiers.math.tree.Fraction;
import dev.tracerl.verifiers.math.tree.TooLargeException;
import java.math.BigInteger;
import java.util.TreeMap;

/** Factors numbers by trial division. */
final class Primes {

    private static final int LARGEST = 100_000;

    /** Largest number that is tested for being prime. */
    private static final int MAX_BITS = 512;

    private Primes() {}

    /** Exponent by prime of a positive fraction, negative below the line. */
    static TreeMap<BigInteger, Integer> factors(Fraction value, Budget budget) {
        TreeMap<BigInteger, Integer> factors = new TreeMap<>();
        factor(value.numerator(), 1, factors, budget);
        factor(value.denominator(), -1, factors, budget);
        return factors;
    }

    private static void factor(BigInteger value, int sign, TreeMap<BigInteger, Integer> factors, Budget budget) {
        BigInteger rest = value;
        for (int candidate = 2; candidate <= LARGEST; candidate += candidate == 2 ? 1 : 2) {
            BigInteger divisor = BigInteger.valueOf(candidate);
            if (divisor.multiply(divisor).compareTo(rest) > 0) {
                break;
            }
            budget.use(1 + rest.bitLength() / 512);
            while (rest.mod(divisor).signum() == 0) {
                factors.merge(divisor, sign, Integer::sum);
                rest = rest.divide(divisor);
            }
        }
        if (rest.compareTo(BigInteger.ONE) > 0) {
            if (!isPrime(rest)) {
                throw new TooLargeException("a number has large prime factors");
            }
            factors.merge(rest, sign, Integer::sum);
        }
    }

    /** Whether what trial division left is a prime, as far as that is found out in short time. */
    private static boolean isPrime(BigInteger rest) {
        boolean small = rest.bitLength() <= 33;
        return small || (rest.bitLength() <= MAX_BITS && rest.isProbablePrime(40));
    }
}
