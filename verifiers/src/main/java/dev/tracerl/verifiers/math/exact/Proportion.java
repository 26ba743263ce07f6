package dev.tracerl.verifiers.math.exact;

import dev.tracerl.verifiers.math.tree.Fraction;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Whether polynomials differ by a factor without variables only. */
final class Proportion {

    private static final Set<String> CONSTANTS = Set.of("pi", "e", Ring.IMAGINARY);

    private final Ring ring;

    Proportion(Ring ring) {
        this.ring = ring;
    }

    /** Whether the coefficients of all products of variables have one and the same ratio. */
    boolean holds(Polynomial left, Polynomial right) {
        Map<Monomial, Polynomial> a = coefficients(left);
        Map<Monomial, Polynomial> b = coefficients(right);
        if (a.isEmpty() || !a.keySet().equals(b.keySet())) {
            return false;
        }
        List<Polynomial> lefts = List.copyOf(a.values());
        List<Polynomial> rights = List.copyOf(b.values());
        return IntStream.range(1, lefts.size())
                .allMatch(i -> ring.times(lefts.get(i), rights.get(0))
                        .plus(ring.times(lefts.get(0), rights.get(i)).scaled(Fraction.of(-1)), ring.budget())
                        .isZero());
    }

    /** The constant factors by the variables that they stand before. */
    private Map<Monomial, Polynomial> coefficients(Polynomial polynomial) {
        Map<Monomial, Polynomial> coefficients = new TreeMap<>();
        polynomial.terms().forEach((monomial, number) -> {
            Monomial constants = Monomial.ONE;
            Monomial variables = Monomial.ONE;
            for (Map.Entry<String, Fraction> power : monomial.powers().entrySet()) {
                Monomial factor = Monomial.of(power.getKey(), power.getValue());
                boolean constant = power.getKey().startsWith(Ring.PRIME) || CONSTANTS.contains(power.getKey());
                constants = constant ? constants.times(factor) : constants;
                variables = constant ? variables : variables.times(factor);
            }
            coefficients.merge(
                    variables, Polynomial.of(constants, number), (sum, term) -> sum.plus(term, ring.budget()));
        });
        coefficients.values().removeIf(Polynomial::isZero);
        return coefficients;
    }
}
