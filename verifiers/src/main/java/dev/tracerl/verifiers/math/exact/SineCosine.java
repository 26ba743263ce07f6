package dev.tracerl.verifiers.math.exact;

import dev.tracerl.verifiers.math.tree.Fraction;

/** The sine and the cosine of one angle. */
record SineCosine(Polynomial sine, Polynomial cosine) {

    /** Of zero. */
    static final SineCosine ZERO = new SineCosine(Polynomial.ZERO, Polynomial.ONE);

    /** Of an angle that has no other rule. */
    static SineCosine of(Polynomial angle) {
        return new SineCosine(
                Polynomial.atom("sin(" + angle.key() + ")"), Polynomial.atom(Ring.COSINE + angle.key() + ")"));
    }

    /** Of the sum of two angles. */
    SineCosine plus(SineCosine other, Ring ring) {
        return new SineCosine(
                ring.times(sine, other.cosine).plus(ring.times(cosine, other.sine), ring.budget()),
                ring.times(cosine, other.cosine)
                        .plus(ring.times(sine, other.sine).scaled(Fraction.of(-1)), ring.budget()));
    }

    /** Of a multiple of the angle. */
    SineCosine times(int multiple, Ring ring) {
        SineCosine total = ZERO;
        for (int i = 0; i < Math.abs(multiple); i++) {
            total = total.plus(this, ring);
        }
        return multiple < 0 ? new SineCosine(total.sine.scaled(Fraction.of(-1)), total.cosine) : total;
    }
}
