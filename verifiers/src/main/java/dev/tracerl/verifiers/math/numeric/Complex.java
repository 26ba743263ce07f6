package dev.tracerl.verifiers.math.numeric;

/** A complex number in double precision. */
record Complex(double re, double im) {

    static final Complex ONE = real(1);
    static final Complex I = new Complex(0, 1);

    static Complex real(double value) {
        return new Complex(value, 0);
    }

    Complex plus(Complex o) {
        return new Complex(re + o.re, im + o.im);
    }

    Complex negate() {
        return new Complex(-re, -im);
    }

    Complex times(Complex o) {
        return new Complex(re * o.re - im * o.im, re * o.im + im * o.re);
    }

    Complex over(Complex o) {
        double size = o.re * o.re + o.im * o.im;
        return new Complex((re * o.re + im * o.im) / size, (im * o.re - re * o.im) / size);
    }

    double abs() {
        return Math.hypot(re, im);
    }

    Complex exp() {
        double size = Math.exp(re);
        return new Complex(size * Math.cos(im), size * Math.sin(im));
    }

    Complex log() {
        return new Complex(Math.log(abs()), Math.atan2(im, re));
    }

    /** The principal power; real for positive bases. */
    Complex power(Complex exponent) {
        if (re == 0 && im == 0) {
            return real(exponent.re > 0 ? 0 : Double.NaN);
        }
        if (im == 0 && exponent.im == 0 && (re > 0 || exponent.re == Math.rint(exponent.re))) {
            return real(Math.pow(re, exponent.re));
        }
        return log().times(exponent).exp();
    }

    Complex sin() {
        return new Complex(Math.sin(re) * Math.cosh(im), Math.cos(re) * Math.sinh(im));
    }

    Complex cos() {
        return new Complex(Math.cos(re) * Math.cosh(im), -Math.sin(re) * Math.sinh(im));
    }

    boolean isFinite() {
        return Double.isFinite(re) && Double.isFinite(im);
    }

    boolean isReal() {
        return Math.abs(im) <= 1e-12 * Math.max(1, Math.abs(re));
    }
}
