package dev.tracerl.verifiers.math.exact;

import dev.tracerl.verifiers.math.tree.Fraction;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;

/**
 * Writes sines and cosines of sums and multiples with those of their parts, and hyperbolic functions with powers of e. What
 * is left of identities between them is sin^2 + cos^2 = 1, so that the normal form decides them.
 */
final class AngleSums implements Rules {

    private static final int MAX_TERMS = 4;
    private static final Fraction MAX_MULTIPLE = Fraction.of(16);
    private static final Fraction HALF = Fraction.of(BigInteger.ONE, BigInteger.TWO);
    private static final Monomial PI = Monomial.of("pi", Fraction.ONE);

    private final AngleParts parts;

    AngleSums(AngleParts parts) {
        this.parts = parts;
    }

    @Override
    public Optional<NormalForm> value(String function, NormalForm x, Ring ring, Powers powers) {
        return switch (function) {
            case "sin" -> sum(x, ring, powers).map(SineCosine::sine).map(NormalForm::of);
            case "cos" -> sum(x, ring, powers).map(SineCosine::cosine).map(NormalForm::of);
            case "sinh" -> Optional.of(exponentials(x, -1, ring, powers));
            case "cosh" -> Optional.of(exponentials(x, 1, ring, powers));
            case "tanh" ->
                Optional.of(exponentials(x, -1, ring, powers)
                        .times(exponentials(x, 1, ring, powers).inverse(ring), ring));
            default -> Optional.empty();
        };
    }

    /** (e^x + sign e^-x) / 2 */
    private static NormalForm exponentials(NormalForm x, int sign, Ring ring, Powers powers) {
        NormalForm e = Powers.opaque("e");
        NormalForm other = powers.power(e, x.negate()).times(NormalForm.of(Fraction.of(sign)), ring);
        return powers.power(e, x).plus(other, ring).times(NormalForm.of(HALF), ring);
    }

    private Optional<SineCosine> sum(NormalForm x, Ring ring, Powers powers) {
        if (!x.isPolynomial() || x.numerator().terms().size() > MAX_TERMS) {
            return Optional.empty();
        }
        SineCosine total = SineCosine.ZERO;
        for (Map.Entry<Monomial, Fraction> term : x.numerator().terms().entrySet()) {
            Optional<SineCosine> part = exact(term, powers).or(() -> multiple(term, ring));
            if (part.isEmpty()) {
                return part;
            }
            total = total.plus(part.get(), ring);
        }
        return Optional.of(total);
    }

    /** Of a multiple of 30 or 45 degrees. */
    private static Optional<SineCosine> exact(Map.Entry<Monomial, Fraction> term, Powers powers) {
        if (!term.getKey().equals(PI)) {
            return Optional.empty();
        }
        return Angles.value("sin", term.getValue(), powers)
                .flatMap(sine -> Angles.value("cos", term.getValue(), powers)
                        .map(cosine -> new SineCosine(sine.numerator(), cosine.numerator())));
    }

    private Optional<SineCosine> multiple(Map.Entry<Monomial, Fraction> term, Ring ring) {
        Fraction part = parts.of(term.getKey());
        Fraction multiple = term.getValue().over(part);
        Fraction size = multiple.signum() < 0 ? multiple.negate() : multiple;
        if (!multiple.isWhole() || size.compareTo(MAX_MULTIPLE) > 0) {
            return Optional.empty();
        }
        SineCosine one = SineCosine.of(Polynomial.of(term.getKey(), part));
        return Optional.of(one.times(multiple.numerator().intValue(), ring));
    }
}
