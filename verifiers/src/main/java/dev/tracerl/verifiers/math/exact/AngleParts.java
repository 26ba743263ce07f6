package dev.tracerl.verifiers.math.exact;

import dev.tracerl.verifiers.math.tree.Fraction;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The largest part of each angle of which all its multiples are whole ones: of x/2 and x, x/2. */
final class AngleParts {

    private static final Set<String> FUNCTIONS = Set.of("sin", "cos");

    private final Map<String, BigInteger> denominators = new HashMap<>();

    /** Notes the angles of a function, and has no value for it. */
    Optional<NormalForm> note(String function, NormalForm x) {
        if (FUNCTIONS.contains(function) && x.isPolynomial()) {
            x.numerator().terms().forEach(this::note);
        }
        return Optional.empty();
    }

    private void note(Monomial angle, Fraction times) {
        denominators.merge(angle.key(), times.denominator(), AngleParts::leastCommonMultiple);
    }

    private static BigInteger leastCommonMultiple(BigInteger a, BigInteger b) {
        return a.divide(a.gcd(b)).multiply(b);
    }

    /** One over the number of parts that the angle has. */
    Fraction of(Monomial angle) {
        return Fraction.of(BigInteger.ONE, denominators.getOrDefault(angle.key(), BigInteger.ONE));
    }
}
