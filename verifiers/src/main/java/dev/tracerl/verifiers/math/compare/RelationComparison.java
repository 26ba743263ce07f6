package dev.tracerl.verifiers.math.compare;

import dev.tracerl.verifiers.math.exact.Budget;
import dev.tracerl.verifiers.math.exact.Identities;
import dev.tracerl.verifiers.math.exact.NormalForm;
import dev.tracerl.verifiers.math.exact.Normalizer;
import dev.tracerl.verifiers.math.tree.Expr;
import dev.tracerl.verifiers.math.tree.Fraction;
import dev.tracerl.verifiers.math.tree.TooLargeException;
import java.util.List;
import java.util.Optional;

/** Compares equations and inequalities with each other and with values. */
final class RelationComparison {

    private final AnswerComparison answers;
    private final Budget budget;

    RelationComparison(AnswerComparison answers, Budget budget) {
        this.answers = answers;
        this.budget = budget;
    }

    Decision compare(Expr right, Expr given) {
        if (right instanceof Expr.Relation a && given instanceof Expr.Relation b) {
            return relations(Relations.simplified(a), Relations.simplified(b));
        }
        if (given instanceof Expr.Relation relation) {
            return Decision.any(meanings(relation, right).stream().map(value -> answers.compare(right, value)));
        }
        return Decision.any(
                meanings((Expr.Relation) right, given).stream().map(value -> answers.compare(value, given)));
    }

    /** What a relation can mean beside something else: its value, beside a set of it only; or the set of its solutions. */
    private static List<Expr> meanings(Expr.Relation relation, Expr other) {
        List<Expr> values = Relations.values(relation);
        if (values.size() == 1 && other instanceof Expr.SetOperation && !Forms.isCollection(values.get(0))) {
            return List.of(new Expr.Group('{', '}', values));
        }
        return values.isEmpty() ? set(relation, other).stream().toList() : values;
    }

    /** An inequality beside an interval or union means the set of its solutions. */
    private static Optional<Expr> set(Expr.Relation relation, Expr other) {
        boolean set = other instanceof Expr.SetOperation
                || Forms.isName(other, "reals")
                || (other instanceof Expr.Group group && !group.isUnordered());
        return set ? RealSets.interval(relation) : Optional.empty();
    }

    private Decision relations(Expr.Relation right, Expr.Relation given) {
        if (right.equals(given)) {
            return Decision.EQUAL;
        }
        if (Relations.isMembership(given) != Relations.isMembership(right)) {
            return Relations.isMembership(given)
                    ? compare(right, given.terms().get(1))
                    : compare(right.terms().get(1), given);
        }
        return equations(right, given);
    }

    private Decision equations(Expr.Relation right, Expr.Relation given) {
        Optional<Expr> a = Relations.definition(right);
        Optional<Expr> b = Relations.definition(given);
        if (a.isPresent() && b.isPresent() && Relations.sameName(right, given)) {
            return answers.compare(a.get(), b.get());
        }
        if (right.terms().size() == 2 && given.terms().size() == 2) {
            return two(right, given);
        }
        Decision decision = chains(right, given);
        return decision == Decision.DIFFERENT ? intervals(right, given) : decision;
    }

    /** Compares differences of both sides: equal up to a factor, which is positive for inequalities. */
    private Decision two(Expr.Relation right, Expr.Relation given) {
        Expr.Relation a = Relations.upward(right);
        Expr.Relation b = Relations.upward(given);
        if (!a.operators().equals(b.operators())) {
            return Decision.DIFFERENT;
        }
        try {
            Normalizer normalizer = new Normalizer(budget);
            NormalForm left = normalizer.normalize(Relations.difference(a));
            NormalForm other = normalizer.normalize(Relations.difference(b));
            Fraction ratio = normalizer.ratio(left, other);
            boolean equation =
                    a.operators().get(0).equals("=") || a.operators().get(0).equals("!=");
            boolean same = equation
                    ? normalizer.areProportional(left, other) || areMultiples(a, b, normalizer.scale(left, other))
                    : ratio.signum() > 0;
            return same ? Decision.EQUAL : sides(a, b, equation);
        } catch (ArithmeticException | UnsupportedOperationException e) {
            return sides(a, b, false);
        } catch (TooLargeException e) {
            budget.exceed(String.valueOf(e.getMessage()));
            return Decision.UNKNOWN;
        }
    }

    /** Whether the difference of the sides of the second, times a number that is not zero, is that of the first. */
    private boolean areMultiples(Expr.Relation a, Expr.Relation b, Fraction scale) {
        Expr scaled = new Expr.Product(List.of(new Expr.Num(scale, -1), Relations.difference(b)));
        return scale.signum() != 0 && Identities.hold(Relations.difference(a), scaled, budget);
    }

    private Decision sides(Expr.Relation a, Expr.Relation b, boolean equation) {
        Decision straight = chains(a, b);
        return equation && straight == Decision.DIFFERENT
                ? chains(
                        a, new Expr.Relation(List.of(b.terms().get(1), b.terms().get(0)), b.operators()))
                : straight;
    }

    private Decision intervals(Expr.Relation right, Expr.Relation given) {
        Optional<Expr> a = RealSets.interval(right);
        Optional<Expr> b = RealSets.interval(given);
        boolean sameVariable = Relations.variable(right).equals(Relations.variable(given));
        return a.isPresent() && b.isPresent() && sameVariable ? answers.compare(a.get(), b.get()) : Decision.DIFFERENT;
    }

    /** Term by term, with the same relations between them. */
    private Decision chains(Expr.Relation rightChain, Expr.Relation givenChain) {
        Expr.Relation right = Relations.upward(rightChain);
        Expr.Relation given = Relations.upward(givenChain);
        if (!right.operators().equals(given.operators())) {
            return Decision.DIFFERENT;
        }
        Decision all = Decision.EQUAL;
        for (int i = 0; i < right.terms().size(); i++) {
            Decision term = answers.compare(right.terms().get(i), given.terms().get(i));
            if (term == Decision.DIFFERENT) {
                return Decision.DIFFERENT;
            }
            all = term == Decision.UNKNOWN ? term : all;
        }
        return all;
    }
}
