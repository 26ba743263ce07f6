package dev.tracerl.verifiers.math.exact;

import dev.tracerl.verifiers.math.tree.Fraction;
import dev.tracerl.verifiers.math.tree.TooLargeException;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;

/** Powers and roots of normal forms. */
final class Powers {

    private static final BigInteger TWO = BigInteger.TWO;
    private static final int MAX_EXPONENT = 100_000;
    private static final String POWER_OF_E = "e^(";

    private final Ring ring;

    Powers(Ring ring) {
        this.ring = ring;
    }

    NormalForm power(NormalForm base, NormalForm exponent) {
        Optional<Fraction> rational = exponent.rational();
        if (rational.isEmpty()) {
            return symbolic(base, exponent);
        }
        if (base.isZero()) {
            return zeroTo(rational.get());
        }
        return rational.get().isWhole() ? base.power(small(rational.get()), ring) : root(base, rational.get());
    }

    private static NormalForm zeroTo(Fraction exponent) {
        if (exponent.signum() <= 0) {
            throw new ArithmeticException("zero to the power " + exponent);
        }
        return NormalForm.of(Fraction.ZERO);
    }

    private static int small(Fraction exponent) {
        if (exponent.numerator().abs().compareTo(BigInteger.valueOf(MAX_EXPONENT)) > 0) {
            throw new TooLargeException("an exponent is " + exponent);
        }
        return exponent.numerator().intValue();
    }

    private NormalForm root(NormalForm base, Fraction exponent) {
        if (base.isPolynomial()) {
            return NormalForm.of(root(base.numerator(), exponent));
        }
        // A quotient under a root: the root of each part, where the parts are positive at least.
        return opaque("root(" + base.key() + ";" + exponent + ")");
    }

    private Polynomial root(Polynomial base, Fraction exponent) {
        if (base.isSingle()) {
            var term = base.terms().firstEntry();
            return ring.times(root(term.getValue(), exponent), root(term.getKey(), exponent));
        }
        Fraction content = base.content();
        Polynomial primitive = base.scaled(Fraction.ONE.over(content));
        Monomial atom = Monomial.of(ring.sum(primitive), exponent);
        return ring.times(root(content, exponent), ring.reduced(Polynomial.of(atom, Fraction.ONE)));
    }

    /** A root of a number: roots of its primes; i for even roots of -1 where it is defined, -1 for odd ones. */
    private Polynomial root(Fraction value, Fraction exponent) {
        Fraction positive = value.signum() < 0 ? value.negate() : value;
        Polynomial result = Polynomial.ONE;
        for (Map.Entry<BigInteger, Integer> factor :
                Primes.factors(positive, ring.budget()).entrySet()) {
            Fraction power = exponent.times(Fraction.of(factor.getValue()));
            result = ring.times(result, Polynomial.of(Monomial.of(Ring.PRIME + factor.getKey(), power), Fraction.ONE));
        }
        return value.signum() < 0 ? ring.times(result, rootOfMinusOne(exponent)) : result;
    }

    private Polynomial rootOfMinusOne(Fraction exponent) {
        if (exponent.denominator().equals(TWO)) {
            return ring.reduced(Polynomial.of(
                    Monomial.of(Ring.IMAGINARY, Fraction.of(exponent.numerator(), BigInteger.ONE)), Fraction.ONE));
        }
        if (exponent.denominator().testBit(0)) {
            return Polynomial.of(Fraction.of(exponent.numerator().testBit(0) ? -1 : 1));
        }
        return Polynomial.atom("root(-1;" + exponent + ")");
    }

    /** A root of a product: of each atom, except of even powers of variables, whose root is not the variable; of x^4 it is x^2. */
    private Polynomial root(Monomial monomial, Fraction exponent) {
        Monomial result = Monomial.ONE;
        boolean evenRoot = !exponent.denominator().testBit(0);
        for (Map.Entry<String, Fraction> power : monomial.powers().entrySet()) {
            Fraction left = power.getValue().times(exponent);
            boolean even = !power.getValue().numerator().testBit(0)
                    && (!left.isWhole() || left.numerator().testBit(0));
            if (evenRoot && even && !isPositive(power.getKey())) {
                String atom = "root(" + power.getKey() + "^" + power.getValue() + ";" + exponent + ")";
                result = result.times(Monomial.of(atom, Fraction.ONE));
            } else {
                result = result.times(Monomial.of(power.getKey(), left));
            }
        }
        return ring.reduced(Polynomial.of(result, Fraction.ONE));
    }

    /** Whether an atom is a positive number for all real variables: pi, e and its powers, primes; but not epsilon. */
    private static boolean isPositive(String atom) {
        return atom.equals("pi") || atom.equals("e") || atom.startsWith(POWER_OF_E) || atom.startsWith(Ring.PRIME);
    }

    /** An exponent that is no number: split by its terms, a^(2x+1) = a (a^x)^2, for positive constants a. */
    private NormalForm symbolic(NormalForm base, NormalForm exponent) {
        boolean euler = base.equals(opaque("e"));
        Optional<Fraction> number = base.rational().filter(value -> value.signum() > 0);
        if (!exponent.isPolynomial() || !(euler || number.isPresent())) {
            return opaque("pow(" + base.key() + ";" + exponent.key() + ")");
        }
        Polynomial result = Polynomial.ONE;
        for (Map.Entry<Monomial, Fraction> term : exponent.numerator().terms().entrySet()) {
            result = ring.times(result, euler ? eulerTo(term) : numberTo(number.orElseThrow(), term));
        }
        return NormalForm.of(result);
    }

    private static Polynomial eulerTo(Map.Entry<Monomial, Fraction> term) {
        String atom = term.getKey().isOne() ? "e" : POWER_OF_E + term.getKey().key() + ")";
        return Polynomial.of(Monomial.of(atom, term.getValue()), Fraction.ONE);
    }

    private Polynomial numberTo(Fraction base, Map.Entry<Monomial, Fraction> term) {
        if (term.getKey().isOne()) {
            return root(base, term.getValue());
        }
        Polynomial result = Polynomial.ONE;
        for (Map.Entry<BigInteger, Integer> factor :
                Primes.factors(base, ring.budget()).entrySet()) {
            String atom =
                    POWER_OF_E + "ln" + factor.getKey() + "*" + term.getKey().key() + ")";
            Fraction power = term.getValue().times(Fraction.of(factor.getValue()));
            result = ring.times(result, Polynomial.of(Monomial.of(atom, power), Fraction.ONE));
        }
        return result;
    }

    static NormalForm opaque(String atom) {
        return NormalForm.of(Polynomial.atom(atom));
    }
}
