package dev.tracerl.verifiers.math.exact;

import dev.tracerl.verifiers.math.tree.Fraction;
import dev.tracerl.verifiers.math.tree.TooLargeException;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;

/**
 * Multiplication with the relations between atoms: whole powers of primes are numbers, i squared is -1, cos squared is 1
 * - sin squared, whole powers of a sum under a root are the sum.
 */
final class Ring {

    static final String PRIME = "#";
    static final String IMAGINARY = "i";
    static final String COSINE = "cos(";
    static final String SUM = "(";
    private static final String HIGH = "[";

    private static final int MAX_POWER = 60;

    private final Budget budget;
    private final boolean keepsHighPowers;
    private final Map<String, Polynomial> sums = new HashMap<>();

    /** @param keepsHighPowers whether high powers of a sum become atoms; otherwise they are too large */
    Ring(Budget budget, boolean keepsHighPowers) {
        this.budget = budget;
        this.keepsHighPowers = keepsHighPowers;
    }

    Budget budget() {
        return budget;
    }

    /** The atom that stands for a sum under a root. */
    String sum(Polynomial value) {
        String atom = SUM + value.key() + ")";
        sums.put(atom, value);
        return atom;
    }

    Polynomial times(Polynomial left, Polynomial right) {
        return reduced(left.times(right, budget));
    }

    Polynomial power(Polynomial base, int exponent) {
        if (base.isSingle()) {
            var term = base.terms().firstEntry();
            return reduced(Polynomial.of(
                    term.getKey().power(Fraction.of(exponent)), term.getValue().power(exponent)));
        }
        if (exponent > MAX_POWER && keepsHighPowers) {
            return highPower(base, exponent);
        }
        if (exponent > MAX_POWER || exponent < 0) {
            throw new TooLargeException("a sum has the exponent " + exponent);
        }
        Polynomial result = Polynomial.ONE;
        for (int i = 0; i < exponent; i++) {
            result = times(result, base);
        }
        return result;
    }

    /** The power of a sum without a common factor, whose first term is positive. */
    private Polynomial highPower(Polynomial base, int exponent) {
        boolean negative = base.terms().firstEntry().getValue().signum() < 0;
        Fraction factor = negative ? base.content().negate() : base.content();
        String atom = HIGH + base.scaled(Fraction.ONE.over(factor)).key() + "]";
        return Polynomial.of(Monomial.of(atom, Fraction.of(exponent)), factor.power(exponent));
    }

    /** The polynomial times the smallest powers of its atoms that leave no negative exponents. */
    Polynomial withoutQuotients(Polynomial value) {
        Map<String, Fraction> smallest = new HashMap<>();
        value.terms()
                .keySet()
                .forEach(monomial -> monomial.powers()
                        .forEach((atom, exponent) ->
                                smallest.merge(atom, exponent, (a, b) -> a.compareTo(b) < 0 ? a : b)));
        Monomial divisor = Monomial.ONE;
        for (Map.Entry<String, Fraction> power : smallest.entrySet()) {
            boolean divided = power.getValue().signum() < 0;
            divisor = divided
                    ? divisor.times(Monomial.of(power.getKey(), power.getValue().negate()))
                    : divisor;
        }
        return times(value, Polynomial.of(divisor, Fraction.ONE));
    }

    /** Applies the relations until none applies. */
    Polynomial reduced(Polynomial value) {
        Polynomial result = Polynomial.ZERO;
        for (Map.Entry<Monomial, Fraction> term : value.terms().entrySet()) {
            result = result.plus(reduced(term.getKey(), term.getValue()), budget);
        }
        return result;
    }

    private Polynomial reduced(Monomial monomial, Fraction coefficient) {
        budget.use(monomial.powers().size() + coefficient.effort(coefficient));
        for (Map.Entry<String, Fraction> power : monomial.powers().entrySet()) {
            String atom = power.getKey();
            Fraction exponent = power.getValue();
            int whole = whole(atom, exponent);
            if (whole != 0) {
                Polynomial rest = Polynomial.of(
                        monomial.without(atom).times(Monomial.of(atom, exponent.minus(Fraction.of(whole)))),
                        coefficient);
                return reduced(rest.times(replacement(atom, whole), budget));
            }
        }
        return Polynomial.of(monomial, coefficient);
    }

    /** The part of the exponent that a relation removes; 0 if there is none. */
    private int whole(String atom, Fraction exponent) {
        if (atom.startsWith(PRIME)) {
            return floor(exponent);
        }
        if (atom.startsWith(SUM)) {
            return Math.max(0, floor(exponent));
        }
        if (atom.equals(IMAGINARY) && exponent.isWhole()) {
            int value = floor(exponent);
            return value - Math.floorMod(value, 2);
        }
        if (atom.startsWith(COSINE) && exponent.isWhole()) {
            return floor(exponent) >= 2 ? 2 : 0;
        }
        return 0;
    }

    private Polynomial replacement(String atom, int whole) {
        if (atom.startsWith(PRIME)) {
            BigInteger prime = new BigInteger(atom.substring(PRIME.length()));
            return Polynomial.of(Fraction.of(prime, BigInteger.ONE).power(whole));
        }
        if (atom.equals(IMAGINARY)) {
            return Polynomial.of(Fraction.of(Math.floorMod(whole, 4) == 0 ? 1 : -1));
        }
        if (atom.startsWith(COSINE)) {
            String sine = "sin(" + atom.substring(COSINE.length());
            return Polynomial.ONE.plus(Polynomial.of(Monomial.of(sine, Fraction.of(2)), Fraction.of(-1)), budget);
        }
        Polynomial sum = sums.getOrDefault(atom, Polynomial.ZERO);
        return power(sum, whole);
    }

    private static int floor(Fraction value) {
        BigInteger[] parts = value.numerator().divideAndRemainder(value.denominator());
        BigInteger floor = parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
        if (floor.bitLength() > 20) {
            throw new TooLargeException("an exponent is " + floor);
        }
        return floor.intValue();
    }
}
