package dev.tracerl.verifiers.math.exact;

import dev.tracerl.verifiers.math.tree.Fraction;
import dev.tracerl.verifiers.math.tree.TooLargeException;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;

/**
 * A sum of monomials with exact coefficients.
 *
 * @param terms coefficient by monomial, none of them 0
 */
record Polynomial(TreeMap<Monomial, Fraction> terms) {

    static final int MAX_TERMS = 500;

    static final Polynomial ZERO = new Polynomial(new TreeMap<>());
    static final Polynomial ONE = of(Fraction.ONE);

    static Polynomial of(Fraction value) {
        return of(Monomial.ONE, value);
    }

    static Polynomial of(Monomial monomial, Fraction coefficient) {
        TreeMap<Monomial, Fraction> terms = new TreeMap<>();
        if (coefficient.signum() != 0) {
            terms.put(monomial, coefficient);
        }
        return new Polynomial(terms);
    }

    static Polynomial atom(String atom) {
        return of(Monomial.of(atom, Fraction.ONE), Fraction.ONE);
    }

    boolean isZero() {
        return terms.isEmpty();
    }

    boolean isSingle() {
        return terms.size() == 1;
    }

    /** Whether it is a rational number. */
    boolean isConstant() {
        return isZero() || (isSingle() && terms.firstKey().isOne());
    }

    Fraction constant() {
        return isZero() ? Fraction.ZERO : terms.firstEntry().getValue();
    }

    Polynomial plus(Polynomial other, Budget budget) {
        TreeMap<Monomial, Fraction> sum = new TreeMap<>(terms);
        other.terms.forEach((monomial, coefficient) -> add(sum, monomial, coefficient, budget));
        return bounded(sum);
    }

    Polynomial scaled(Fraction factor) {
        TreeMap<Monomial, Fraction> scaled = new TreeMap<>();
        if (factor.signum() != 0) {
            terms.forEach((monomial, coefficient) -> scaled.put(monomial, coefficient.times(factor)));
        }
        return new Polynomial(scaled);
    }

    /** The plain product; relations between atoms are left to {@link Ring}. */
    Polynomial times(Polynomial other, Budget budget) {
        TreeMap<Monomial, Fraction> product = new TreeMap<>();
        for (Map.Entry<Monomial, Fraction> left : terms.entrySet()) {
            for (Map.Entry<Monomial, Fraction> right : other.terms.entrySet()) {
                budget.use(left.getValue().effort(right.getValue()));
                add(
                        product,
                        left.getKey().times(right.getKey()),
                        left.getValue().times(right.getValue()),
                        budget);
            }
        }
        return bounded(product);
    }

    /** The largest positive number that divides all coefficients to whole ones without a common factor. */
    Fraction content() {
        BigInteger numerators = BigInteger.ZERO;
        BigInteger denominators = BigInteger.ONE;
        for (Fraction coefficient : terms.values()) {
            numerators = numerators.gcd(coefficient.numerator());
            BigInteger denominator = coefficient.denominator();
            denominators = denominators.divide(denominators.gcd(denominator)).multiply(denominator);
        }
        return Fraction.of(numerators, denominators);
    }

    String key() {
        StringBuilder key = new StringBuilder();
        terms.forEach((monomial, coefficient) -> key.append(key.isEmpty() ? "" : "+")
                .append(coefficient)
                .append(monomial.isOne() ? "" : "*" + monomial.key()));
        return key.toString();
    }

    private static Polynomial bounded(TreeMap<Monomial, Fraction> terms) {
        if (terms.size() > MAX_TERMS) {
            throw new TooLargeException("has more than " + MAX_TERMS + " terms");
        }
        return new Polynomial(terms);
    }

    private static void add(TreeMap<Monomial, Fraction> terms, Monomial monomial, Fraction coefficient, Budget budget) {
        Fraction before = terms.getOrDefault(monomial, Fraction.ZERO);
        budget.use(before.signum() == 0 ? 0 : before.effort(coefficient));
        Fraction sum = before.plus(coefficient);
        if (sum.signum() == 0) {
            terms.remove(monomial);
        } else {
            terms.put(monomial, sum);
        }
    }
}
