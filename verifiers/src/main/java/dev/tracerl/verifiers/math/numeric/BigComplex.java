package dev.tracerl.verifiers.math.numeric;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A complex number to {@link Digits#DIGITS} digits. Its parts are zero or of a size from 1e-30 to 1e30: within these bounds
 * no part can be lost beside another one, and a part that is left of rounding is noticed. What leaves them has no value here.
 */
record BigComplex(BigDecimal re, BigDecimal im) {

    private static final int MAX_PLACES = 30;
    private static final int MAX_POWER = 1_000;
    private static final BigDecimal HALF = new BigDecimal("0.5");

    static final BigComplex ONE = real(BigDecimal.ONE);
    static final BigComplex I = new BigComplex(BigDecimal.ZERO, BigDecimal.ONE);

    /** @throws ArithmeticException if a part is too large or too small */
    BigComplex {
        re = checked(re);
        im = checked(im);
    }

    private static BigDecimal checked(BigDecimal part) {
        if (part.signum() == 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal rounded = part.round(Digits.CONTEXT);
        if (Math.abs(rounded.precision() - rounded.scale()) > MAX_PLACES) {
            throw new ArithmeticException("a number of another size");
        }
        return rounded;
    }

    static BigComplex real(BigDecimal value) {
        return new BigComplex(value, BigDecimal.ZERO);
    }

    boolean isReal() {
        return im.signum() == 0;
    }

    boolean isZero() {
        return re.signum() == 0 && im.signum() == 0;
    }

    BigComplex plus(BigComplex o) {
        return new BigComplex(re.add(o.re), im.add(o.im));
    }

    BigComplex negate() {
        return new BigComplex(re.negate(), im.negate());
    }

    BigComplex times(BigComplex o) {
        return new BigComplex(
                re.multiply(o.re).subtract(im.multiply(o.im)), re.multiply(o.im).add(im.multiply(o.re)));
    }

    BigComplex over(BigComplex o) {
        BigDecimal size = o.re.multiply(o.re).add(o.im.multiply(o.im));
        return new BigComplex(
                re.multiply(o.re).add(im.multiply(o.im)).divide(size, Digits.CONTEXT),
                im.multiply(o.re).subtract(re.multiply(o.im)).divide(size, Digits.CONTEXT));
    }

    BigDecimal abs() {
        return isReal() ? re.abs() : Digits.sqrt(re.multiply(re).add(im.multiply(im)));
    }

    BigComplex exp() {
        BigDecimal size = Digits.exp(re);
        return isReal() ? real(size) : new BigComplex(size.multiply(Digits.cos(im)), size.multiply(Digits.sin(im)));
    }

    /** The principal logarithm. */
    BigComplex ln() {
        if (isZero()) {
            throw new ArithmeticException("logarithm of zero");
        }
        return new BigComplex(Digits.ln(abs()), argument());
    }

    private BigDecimal argument() {
        if (isReal()) {
            return re.signum() > 0 ? BigDecimal.ZERO : Digits.PI;
        }
        BigDecimal signed = im.signum() > 0 ? Digits.PI : Digits.PI.negate();
        if (re.signum() == 0) {
            return signed.multiply(HALF);
        }
        BigDecimal angle = Digits.arctan(im.divide(re, Digits.CONTEXT));
        return re.signum() > 0 ? angle : angle.add(signed);
    }

    /** The principal power. */
    BigComplex power(BigComplex exponent) {
        if (isZero()) {
            return zeroTo(exponent);
        }
        if (exponent.isWhole()) {
            return whole(exponent.re.intValueExact());
        }
        boolean root = isReal() && exponent.isReal() && exponent.re.compareTo(HALF) == 0;
        return root ? root() : ln().times(exponent).exp();
    }

    private BigComplex zeroTo(BigComplex exponent) {
        if (exponent.re.signum() <= 0 || !exponent.isReal()) {
            throw new ArithmeticException("a power of zero");
        }
        return this;
    }

    private BigComplex root() {
        BigDecimal root = Digits.sqrt(re.abs());
        return re.signum() > 0 ? real(root) : new BigComplex(BigDecimal.ZERO, root);
    }

    private boolean isWhole() {
        return isReal()
                && re.remainder(BigDecimal.ONE).signum() == 0
                && re.abs().compareTo(BigDecimal.valueOf(MAX_POWER)) <= 0;
    }

    private BigComplex whole(int exponent) {
        BigComplex result = ONE;
        BigComplex square = this;
        for (int left = Math.abs(exponent); left > 0; left /= 2) {
            result = left % 2 == 1 ? result.times(square) : result;
            square = left > 1 ? square.times(square) : square;
        }
        return exponent < 0 ? ONE.over(result) : result;
    }

    /** The largest whole number that is not above a real one; none where rounding may have moved it over one. */
    BigComplex floor() {
        BigDecimal below = re.setScale(0, RoundingMode.FLOOR);
        checked(re.subtract(below));
        checked(below.add(BigDecimal.ONE).subtract(re));
        return real(below);
    }
}
