package dev.tracerl.verifiers.math.exact;

import dev.tracerl.verifiers.math.tree.Fraction;
import java.util.Optional;

/**
 * A quotient of two polynomials; the denominator is 1 or has several terms.
 *
 * @param numerator above the line
 * @param denominator below the line, not 0
 */
public record NormalForm(Polynomial numerator, Polynomial denominator) {

    static NormalForm of(Polynomial value) {
        return new NormalForm(value, Polynomial.ONE);
    }

    static NormalForm of(Fraction value) {
        return of(Polynomial.of(value));
    }

    NormalForm plus(NormalForm other, Ring ring) {
        if (denominator.equals(other.denominator)) {
            return quotient(numerator.plus(other.numerator, ring.budget()), denominator, ring);
        }
        Polynomial sum =
                ring.times(numerator, other.denominator).plus(ring.times(other.numerator, denominator), ring.budget());
        return quotient(sum, ring.times(denominator, other.denominator), ring);
    }

    NormalForm times(NormalForm other, Ring ring) {
        return quotient(ring.times(numerator, other.numerator), ring.times(denominator, other.denominator), ring);
    }

    NormalForm inverse(Ring ring) {
        return quotient(denominator, numerator, ring);
    }

    NormalForm negate() {
        return new NormalForm(numerator.scaled(Fraction.of(-1)), denominator);
    }

    NormalForm power(int exponent, Ring ring) {
        NormalForm base = exponent < 0 ? inverse(ring) : this;
        int positive = Math.abs(exponent);
        return quotient(ring.power(base.numerator, positive), ring.power(base.denominator, positive), ring);
    }

    /** The value, if it is a rational number. */
    public Optional<Fraction> rational() {
        return isPolynomial() && numerator.isConstant() ? Optional.of(numerator.constant()) : Optional.empty();
    }

    public boolean isZero() {
        return numerator.isZero();
    }

    boolean isPolynomial() {
        return denominator.equals(Polynomial.ONE);
    }

    String key() {
        return isPolynomial() ? numerator.key() : numerator.key() + "//" + denominator.key();
    }

    /** Brings a denominator of one term above the line, and divides by the first coefficient of a longer one. */
    static NormalForm quotient(Polynomial above, Polynomial below, Ring ring) {
        if (below.isZero()) {
            throw new ArithmeticException("division by zero");
        }
        if (above.equals(below)) {
            return of(Fraction.ONE);
        }
        if (below.isSingle()) {
            return of(ring.times(above, ring.power(below, -1)));
        }
        Fraction first = Fraction.ONE.over(below.terms().firstEntry().getValue());
        return new NormalForm(above.scaled(first), below.scaled(first));
    }
}
