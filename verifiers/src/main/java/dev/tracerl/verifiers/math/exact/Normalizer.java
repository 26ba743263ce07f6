package dev.tracerl.verifiers.math.exact;

import dev.tracerl.verifiers.math.tree.Expr;
import dev.tracerl.verifiers.math.tree.Fraction;
import dev.tracerl.verifiers.math.tree.TooLargeException;
import java.math.BigInteger;

/** From a scalar expression to its normal form. */
public final class Normalizer {

    private final Ring ring;
    private final Powers powers;
    private final Functions functions;

    /** A normalizer that uses operations of a budget. */
    public Normalizer(Budget budget) {
        this(new Ring(budget, false), Rules.NONE);
    }

    private Normalizer(Ring ring, Rules rules) {
        this.ring = ring;
        this.powers = new Powers(ring);
        this.functions = new Functions(ring, powers, rules);
    }

    /** A normalizer with further rules, that leaves high powers of sums as they are: its forms can only show equality. */
    static Normalizer forIdentities(Budget budget, Rules rules) {
        return new Normalizer(new Ring(budget, true), rules);
    }

    /**
     * The normal form.
     *
     * @throws ArithmeticException if there is none, as for a division by zero
     * @throws TooLargeException if a bound is reached
     * @throws UnsupportedOperationException if it is not a scalar
     */
    public NormalForm normalize(Expr expr) {
        ring.budget().use(1);
        if (expr instanceof Expr.Num number) {
            return NormalForm.of(number.value());
        } else if (expr instanceof Expr.Name name) {
            return NormalForm.of(Polynomial.atom(name.name()));
        } else if (expr instanceof Expr.Negative negative) {
            return normalize(negative.value()).negate();
        } else if (expr instanceof Expr.Sum sum) {
            return sum(sum);
        } else if (expr instanceof Expr.Product product) {
            return product(product);
        } else if (expr instanceof Expr.Quotient quotient) {
            return normalize(quotient.numerator())
                    .times(normalize(quotient.denominator()).inverse(ring), ring);
        }
        return special(expr);
    }

    private NormalForm special(Expr expr) {
        if (expr instanceof Expr.Power power) {
            return powers.power(normalize(power.base()), normalize(power.exponent()));
        } else if (expr instanceof Expr.Percent percent) {
            return normalize(percent.value())
                    .times(NormalForm.of(Fraction.of(BigInteger.ONE, BigInteger.valueOf(100))), ring);
        } else if (expr instanceof Expr.Quantity quantity) {
            return normalize(quantity.value());
        } else if (expr instanceof Expr.Call call) {
            return functions.call(
                    call.function(),
                    call.arguments().stream().map(this::normalize).toList());
        }
        throw new UnsupportedOperationException("not a scalar: " + expr);
    }

    private NormalForm sum(Expr.Sum sum) {
        NormalForm total = NormalForm.of(Fraction.ZERO);
        for (Expr term : sum.terms()) {
            total = total.plus(normalize(term), ring);
        }
        return total;
    }

    private NormalForm product(Expr.Product product) {
        NormalForm total = NormalForm.of(Fraction.ONE);
        for (Expr factor : product.factors()) {
            total = total.times(normalize(factor), ring);
        }
        return total;
    }

    /** The difference of two normal forms of this normalizer; 0 only if they are equal. */
    public NormalForm difference(NormalForm left, NormalForm right) {
        return left.plus(right.negate(), ring);
    }

    /** Whether a normal form is zero, times what its atoms are divided by. */
    boolean isZero(NormalForm form) {
        return ring.withoutQuotients(form.numerator()).isZero();
    }

    /** The quotient of two normal forms that differ by a rational factor only; zero if they do not. */
    public Fraction ratio(NormalForm left, NormalForm right) {
        Polynomial a = ring.times(left.numerator(), right.denominator());
        Polynomial b = ring.times(right.numerator(), left.denominator());
        if (a.isZero() || b.isZero() || a.terms().size() != b.terms().size()) {
            return Fraction.ZERO;
        }
        Fraction ratio =
                a.terms().firstEntry().getValue().over(b.terms().firstEntry().getValue());
        return a.equals(b.scaled(ratio)) ? ratio : Fraction.ZERO;
    }

    /**
     * The number by which the second form is to be multiplied so that both have as much of a variable; zero if they have none
     * alone, or if they are of a kind of which equal ones are the same.
     */
    public Fraction scale(NormalForm left, NormalForm right) {
        if (!left.isPolynomial() || !right.isPolynomial() || (isFaithful(left) && isFaithful(right))) {
            return Fraction.ZERO;
        }
        return left.numerator().terms().entrySet().stream()
                .filter(term -> term.getKey().isVariable())
                .filter(term -> right.numerator().terms().containsKey(term.getKey()))
                .map(term -> term.getValue().over(right.numerator().terms().getOrDefault(term.getKey(), Fraction.ONE)))
                .findFirst()
                .orElse(Fraction.ZERO);
    }

    /** Whether two normal forms differ by a factor without variables only, such as a root or i. */
    public boolean areProportional(NormalForm left, NormalForm right) {
        return new Proportion(ring)
                .holds(
                        ring.times(left.numerator(), right.denominator()),
                        ring.times(right.numerator(), left.denominator()));
    }

    /** Whether different normal forms of this kind are different values: only numbers, variables and roots of numbers. */
    public static boolean isFaithful(NormalForm form) {
        return isFaithful(form.numerator()) && isFaithful(form.denominator());
    }

    private static boolean isFaithful(Polynomial polynomial) {
        return polynomial.terms().keySet().stream()
                .flatMap(monomial -> monomial.powers().entrySet().stream())
                .allMatch(power -> power.getKey().startsWith(Ring.PRIME)
                        || (power.getValue().isWhole()
                                && power.getKey().matches("[A-Za-z]+(_\\w+)?'*")
                                && !power.getKey().equals("e")));
    }
}
