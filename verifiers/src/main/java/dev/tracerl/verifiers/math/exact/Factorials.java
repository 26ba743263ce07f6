package dev.tracerl.verifiers.math.exact;

import dev.tracerl.verifiers.math.tree.Fraction;
import dev.tracerl.verifiers.math.tree.TooLargeException;
import java.math.BigInteger;
import java.util.Optional;

/**
 * Factorials and binomial coefficients. Those of sums with a whole number are written with the factorial of the rest, (n + 2)! as
 * (n + 2) (n + 1) n!, so that the normal form decides what they have in common.
 */
final class Factorials {

    private static final int MAX_FACTORIAL = 3000;

    /** Most factors that the factorial of a sum is written with. */
    private static final int MAX_FACTORS = 12;

    /** Largest number below in a binomial coefficient that is written out as a polynomial. */
    private static final Fraction MAX_WRITTEN_OUT = Fraction.of(10);

    private final Ring ring;

    Factorials(Ring ring) {
        this.ring = ring;
    }

    NormalForm of(NormalForm x) {
        Optional<Fraction> number = x.rational();
        return number.isPresent() ? NormalForm.of(of(number.get())) : ofSum(x);
    }

    private Fraction of(Fraction value) {
        if (!value.isWhole() || value.signum() < 0) {
            throw new ArithmeticException("factorial of " + value);
        }
        if (value.numerator().bitLength() > 16 || value.numerator().intValue() > MAX_FACTORIAL) {
            throw new TooLargeException("factorial of " + value);
        }
        BigInteger product = BigInteger.ONE;
        for (int i = 2; i <= value.numerator().intValue(); i++) {
            product = product.multiply(BigInteger.valueOf(i));
            ring.budget().use(1);
        }
        return Fraction.of(product, BigInteger.ONE);
    }

    /** (rest + shift)! as rest! times, or over, the numbers between. */
    private NormalForm ofSum(NormalForm x) {
        Fraction constant =
                x.isPolynomial() ? x.numerator().terms().getOrDefault(Monomial.ONE, Fraction.ZERO) : Fraction.ZERO;
        if (!constant.isWhole() || constant.numerator().abs().compareTo(BigInteger.valueOf(MAX_FACTORS)) > 0) {
            return atom(x);
        }
        int shift = constant.numerator().intValue();
        NormalForm rest = x.plus(NormalForm.of(constant.negate()), ring);
        NormalForm between = NormalForm.of(Fraction.ONE);
        for (int i = Math.min(shift, 0) + 1; i <= Math.max(shift, 0); i++) {
            between = between.times(rest.plus(NormalForm.of(Fraction.of(i)), ring), ring);
        }
        return atom(rest).times(shift < 0 ? between.inverse(ring) : between, ring);
    }

    private static NormalForm atom(NormalForm x) {
        return Powers.opaque("factorial(" + x.key() + ")");
    }

    NormalForm binomial(NormalForm n, NormalForm k) {
        Optional<Fraction> above = n.rational();
        Optional<Fraction> below = k.rational();
        if (above.isEmpty() && below.filter(Factorials::mayBeWrittenOut).isPresent()) {
            return falling(n, below.get().numerator().intValue());
        }
        if (above.isEmpty() || below.isEmpty()) {
            return quotient(n, k);
        }
        if (above.get().compareTo(below.get()) < 0) {
            return Powers.opaque("binom(" + n.key() + ";" + k.key() + ")");
        }
        Fraction divisor = of(below.get()).times(of(above.get().minus(below.get())));
        return NormalForm.of(of(above.get()).over(divisor));
    }

    private static boolean mayBeWrittenOut(Fraction below) {
        return below.isWhole() && below.signum() >= 0 && below.compareTo(MAX_WRITTEN_OUT) <= 0;
    }

    /** n! / (k! (n - k)!) */
    private NormalForm quotient(NormalForm n, NormalForm k) {
        NormalForm rest = n.plus(k.negate(), ring);
        return of(n).times(of(k).times(of(rest), ring).inverse(ring), ring);
    }

    /** n (n - 1) ... (n - k + 1) / k! */
    private NormalForm falling(NormalForm n, int k) {
        NormalForm product = NormalForm.of(Fraction.ONE);
        for (int i = 0; i < k; i++) {
            NormalForm factor = n.plus(NormalForm.of(Fraction.of(-i)), ring);
            product = product.times(factor, ring).times(NormalForm.of(Fraction.ONE.over(Fraction.of(i + 1))), ring);
        }
        return product;
    }
}
