package dev.tracerl.verifiers.math.exact;

import dev.tracerl.verifiers.math.tree.Fraction;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A product of powers of atoms. An atom is a variable, a constant, a prime (whose power is a root) or a function value.
 *
 * @param powers exponent by atom, none of them 0
 */
record Monomial(TreeMap<String, Fraction> powers) implements Comparable<Monomial> {

    private static final Pattern VARIABLE = Pattern.compile("(?!(?:pi|e|i)$)[A-Za-z]+(?:_\\w+)?'*");

    static final Monomial ONE = new Monomial(new TreeMap<>());

    static Monomial of(String atom, Fraction exponent) {
        TreeMap<String, Fraction> powers = new TreeMap<>();
        if (exponent.signum() != 0) {
            powers.put(atom, exponent);
        }
        return new Monomial(powers);
    }

    Monomial times(Monomial other) {
        TreeMap<String, Fraction> product = new TreeMap<>(powers);
        other.powers.forEach((atom, exponent) -> {
            Fraction sum = product.getOrDefault(atom, Fraction.ZERO).plus(exponent);
            if (sum.signum() == 0) {
                product.remove(atom);
            } else {
                product.put(atom, sum);
            }
        });
        return new Monomial(product);
    }

    /** The same without one atom. */
    Monomial without(String atom) {
        TreeMap<String, Fraction> rest = new TreeMap<>(powers);
        rest.remove(atom);
        return new Monomial(rest);
    }

    Monomial power(Fraction exponent) {
        TreeMap<String, Fraction> raised = new TreeMap<>();
        powers.forEach((atom, power) -> raised.put(atom, power.times(exponent)));
        return exponent.signum() == 0 ? ONE : new Monomial(raised);
    }

    /** Whether it is a variable by itself. */
    boolean isVariable() {
        return powers.size() == 1
                && powers.firstEntry().getValue().equals(Fraction.ONE)
                && VARIABLE.matcher(powers.firstKey()).matches();
    }

    boolean isOne() {
        return powers.isEmpty();
    }

    String key() {
        StringBuilder key = new StringBuilder();
        for (Map.Entry<String, Fraction> power : powers.entrySet()) {
            key.append(key.isEmpty() ? "" : "*").append(power.getKey());
            if (!power.getValue().equals(Fraction.ONE)) {
                key.append('^').append(power.getValue());
            }
        }
        return key.toString();
    }

    @Override
    public int compareTo(Monomial other) {
        return key().compareTo(other.key());
    }
}
