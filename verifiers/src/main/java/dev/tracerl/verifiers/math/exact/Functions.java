package dev.tracerl.verifiers.math.exact;

import dev.tracerl.verifiers.math.tree.Fraction;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Functions of normal forms; what has no exact rule becomes an atom of its own. */
final class Functions {

    private final Ring ring;
    private final Powers powers;
    private final Rules rules;
    private final Factorials factorials;

    Functions(Ring ring, Powers powers, Rules rules) {
        this.ring = ring;
        this.powers = powers;
        this.rules = rules;
        this.factorials = new Factorials(ring);
    }

    NormalForm call(String function, List<NormalForm> arguments) {
        NormalForm first = arguments.get(0);
        if (arguments.size() == 1) {
            return unary(function, first);
        }
        return switch (function) {
            case "log" -> logarithm(first).times(logarithm(arguments.get(1)).inverse(ring), ring);
            case "binom" -> factorials.binomial(first, arguments.get(1));
            default -> named(function, arguments);
        };
    }

    private NormalForm unary(String function, NormalForm x) {
        return switch (function) {
            case "sin", "cos" -> trigonometric(function, x);
            case "tan" -> trigonometric("sin", x).times(trigonometric("cos", x).inverse(ring), ring);
            case "cot" -> trigonometric("cos", x).times(trigonometric("sin", x).inverse(ring), ring);
            case "sec" -> trigonometric("cos", x).inverse(ring);
            case "csc" -> trigonometric("sin", x).inverse(ring);
            case "exp" -> powers.power(Powers.opaque("e"), x);
            case "ln" -> logarithm(x);
            case "factorial" -> factorials.of(x);
            case "log", "lg" ->
                logarithm(x).times(logarithm(NormalForm.of(Fraction.of(10))).inverse(ring), ring);
            default -> rational(function, x);
        };
    }

    /** Exact at multiples of 30 and 45 degrees; the sine is odd and the cosine even. */
    private NormalForm trigonometric(String function, NormalForm x) {
        Optional<Fraction> turns =
                x.times(Powers.opaque("pi").inverse(ring), ring).rational();
        Optional<NormalForm> exact = turns.flatMap(turn -> Angles.value(function, turn, powers));
        Optional<NormalForm> known = exact.or(() -> rules.value(function, x, ring, powers));
        if (known.isPresent()) {
            return known.get();
        }
        boolean negative =
                !x.isZero() && x.numerator().terms().firstEntry().getValue().signum() < 0;
        NormalForm value = named(function, List.of(negative ? x.negate() : x));
        return negative && function.equals("sin") ? value.negate() : value;
    }

    /** Of a positive number, by its primes; of a power of e, its exponent. */
    private NormalForm logarithm(NormalForm x) {
        Optional<Fraction> number = x.rational();
        if (number.isPresent() && number.get().signum() > 0) {
            Polynomial sum = Polynomial.ZERO;
            for (Map.Entry<BigInteger, Integer> factor :
                    Primes.factors(number.get(), ring.budget()).entrySet()) {
                sum = sum.plus(
                        Polynomial.of(
                                Monomial.of("ln(" + factor.getKey() + ")", Fraction.ONE),
                                Fraction.of(factor.getValue())),
                        ring.budget());
            }
            return NormalForm.of(sum);
        }
        if (number.isPresent()) {
            throw new ArithmeticException("logarithm of " + number.get());
        }
        return exponentOfE(x).map(NormalForm::of).orElseGet(() -> named("ln", List.of(x)));
    }

    private static Optional<Fraction> exponentOfE(NormalForm x) {
        if (!x.isPolynomial() || !x.numerator().isSingle()) {
            return Optional.empty();
        }
        Monomial monomial = x.numerator().terms().firstKey();
        boolean pure = x.numerator().constant().equals(Fraction.ONE)
                && monomial.powers().size() == 1;
        return pure ? Optional.ofNullable(monomial.powers().get("e")) : Optional.empty();
    }

    private NormalForm rational(String function, NormalForm x) {
        Optional<Fraction> number = x.rational();
        if (number.isEmpty()) {
            return other(function, x);
        }
        Fraction value = number.get();
        return switch (function) {
            case "abs" -> NormalForm.of(value.signum() < 0 ? value.negate() : value);
            case "floor" -> NormalForm.of(Fraction.of(floor(value), BigInteger.ONE));
            case "ceil" -> NormalForm.of(Fraction.of(floor(value.negate()).negate(), BigInteger.ONE));
            default -> other(function, x);
        };
    }

    private NormalForm other(String function, NormalForm x) {
        return rules.value(function, x, ring, powers).orElseGet(() -> named(function, List.of(x)));
    }

    private static BigInteger floor(Fraction value) {
        BigInteger[] parts = value.numerator().divideAndRemainder(value.denominator());
        return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    private static NormalForm named(String function, List<NormalForm> arguments) {
        return Powers.opaque(
                function + "(" + arguments.stream().map(NormalForm::key).collect(Collectors.joining(";")) + ")");
    }
}
