package dev.tracerl.verifiers.math.compare;

import dev.tracerl.verifiers.math.numeric.Sampling;
import dev.tracerl.verifiers.math.tree.Expr;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads relations. */
final class Relations {

    private static final Set<List<String>> STATING = Set.of(List.of("="), List.of("in"), List.of("~"));

    /** Functions of an index. */
    private static final Set<String> SERIES = Set.of("sum", "prod");

    private static final List<Expr> AXES = List.of(new Expr.Name("x"), new Expr.Name("y"), new Expr.Name("z"));

    private static final Pattern DENIAL = Pattern.compile("(?i)\\b(?:not|never|false|wrong|cannot|isn)\\b");

    private Relations() {}

    /**
     * The value that x = ... = value, value = x or x in S states. A statement about numbers, as 1 + 2 = 3 or 22/7 = 3.14,
     * states both sides if they agree, and nothing otherwise.
     */
    static List<Expr> values(Expr.Relation relation) {
        Expr.Relation simple = simplified(relation);
        if (!STATING.contains(simple.operators())
                || contradictsItself(relation, simple.terms().get(1))) {
            return List.of();
        }
        return stated(simple.terms().get(0), simple.terms().get(1));
    }

    private static List<Expr> stated(Expr first, Expr last) {
        if (isName(first)) {
            return List.of(last);
        }
        if (last instanceof Expr.Name && isConstant(first)) {
            return List.of(first);
        }
        Expr left = alone(first);
        Expr right = alone(last);
        return isConstant(left) && isConstant(right) && agree(left, right) ? List.of(left, right) : List.of();
    }

    /** Whether a step of a chain of equalities is another number than its end: x = 3 + 3 = 5. */
    private static boolean contradictsItself(Expr.Relation chain, Expr end) {
        List<Expr> steps = chain.terms().subList(0, chain.terms().indexOf(end));
        return chain.terms().size() > 2
                && isNumber(end)
                && steps.stream().filter(Relations::isNumber).anyMatch(step -> !agree(step, end));
    }

    /** Whether it is a constant without a unit. */
    private static boolean isNumber(Expr expr) {
        return !isName(expr) && !hasUnit(expr) && isConstant(expr);
    }

    private static boolean hasUnit(Expr expr) {
        return expr instanceof Expr.Quantity || expr.children().stream().anyMatch(Relations::hasUnit);
    }

    /** The only value of a list in square brackets, which some answers come in. */
    private static Expr alone(Expr expr) {
        boolean list = expr instanceof Expr.Group group && group.open() == '[' && group.close() == ']';
        return list && expr.children().size() == 1 ? expr.children().get(0) : expr;
    }

    /** Whether two numbers are the same, or one is a decimal or a whole number close to the other. */
    private static boolean agree(Expr first, Expr last) {
        double difference = Math.abs(
                Sampling.constant(first).orElseThrow() - Sampling.constant(last).orElseThrow());
        int digits = Math.max(0, Math.max(Scalars.decimals(first), Scalars.decimals(last)));
        boolean rounded = isNumeral(first) || isNumeral(last);
        return !Sampling.differ(first, last) || (rounded && difference < Math.pow(10, -digits));
    }

    private static boolean isNumeral(Expr expr) {
        return expr instanceof Expr.Num || (expr instanceof Expr.Negative negative && isNumeral(negative.value()));
    }

    /** The right side of an equation that defines a name or a function. */
    static Optional<Expr> definition(Expr.Relation relation) {
        boolean equation = relation.operators().equals(List.of("="))
                || relation.operators().equals(List.of("in"));
        return equation && isName(relation.terms().get(0))
                ? Optional.of(relation.terms().get(1))
                : Optional.empty();
    }

    /** Whether two definitions define the same; functions and y are only called differently, but for their derivatives. */
    static boolean sameName(Expr.Relation a, Expr.Relation b) {
        Expr left = a.terms().get(0);
        Expr right = b.terms().get(0);
        return left.equals(right) || (isFunction(left) && isFunction(right) && primes(left) == primes(right));
    }

    private static long primes(Expr function) {
        String name = function instanceof Expr.Call call ? call.function() : "";
        return name.chars().filter(c -> c == '\'').count();
    }

    private static boolean isFunction(Expr expr) {
        boolean called = expr instanceof Expr.Call call && !SERIES.contains(call.function());
        return called || Forms.isName(expr, "y") || Forms.isName(expr, "f");
    }

    /** A chain of equalities without its steps: the first term and the last exact one. */
    static Expr.Relation simplified(Expr.Relation relation) {
        List<Expr> terms = relation.terms();
        List<String> operators = relation.operators();
        boolean equalities = operators.stream().allMatch(operator -> operator.equals("=") || operator.equals("~"));
        if (!equalities || terms.size() == 2) {
            return relation;
        }
        int last = terms.size() - 1;
        while (last > 1 && operators.get(last - 1).equals("~")) {
            last--;
        }
        return new Expr.Relation(List.of(terms.get(0), terms.get(last)), List.of("="));
    }

    /** The same inequalities with the smaller sides first. */
    static Expr.Relation upward(Expr.Relation relation) {
        if (!relation.operators().stream().allMatch(operator -> operator.startsWith(">"))) {
            return relation;
        }
        List<Expr> terms = new ArrayList<>(relation.terms());
        List<String> operators = new ArrayList<>();
        relation.operators().forEach(operator -> operators.add(0, RealSets.flipped(operator)));
        Collections.reverse(terms);
        return new Expr.Relation(terms, operators);
    }

    static boolean isMembership(Expr.Relation relation) {
        return relation.operators().equals(List.of("in"));
    }

    static Expr difference(Expr.Relation relation) {
        return new Expr.Sum(List.of(
                relation.terms().get(0), new Expr.Negative(relation.terms().get(1))));
    }

    /** The variable of an inequality with a bare variable. */
    static Optional<Expr> variable(Expr.Relation relation) {
        return relation.terms().stream().filter(Expr.Name.class::isInstance).findFirst();
    }

    /** A variable, a function of something, a length such as AB, or words. */
    private static boolean isName(Expr expr) {
        if (expr instanceof Expr.Product product) {
            return product.factors().stream().allMatch(Relations::isPoint);
        }
        boolean tuple = expr instanceof Expr.Group group
                && group.items().stream().allMatch(Relations::isName)
                && areInOrder(group.items());
        return tuple
                || expr instanceof Expr.Name
                || (expr instanceof Expr.Text words
                        && !DENIAL.matcher(words.text()).find())
                || isNamed(expr);
    }

    private static boolean isNamed(Expr expr) {
        return expr instanceof Expr.Call call && call.function().matches("[fgh].*|overline|det|lcm|max|min|sum|prod");
    }

    /** Not (y, x), whose values are in the other order than those of a point. */
    private static boolean areInOrder(List<Expr> names) {
        List<Expr> axes = names.stream().filter(AXES::contains).toList();
        return axes.equals(AXES.stream().filter(axes::contains).toList());
    }

    private static boolean isPoint(Expr expr) {
        return expr instanceof Expr.Name name
                && name.name().length() == 1
                && Character.isUpperCase(name.name().charAt(0));
    }

    private static boolean isConstant(Expr expr) {
        return Sampling.variables(expr).isEmpty() && Sampling.constant(expr).isPresent();
    }
}
