package dev.tracerl.verifiers.math.compare;

import dev.tracerl.verifiers.math.tree.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Unions of intervals and finite sets. */
final class RealSets {

    private static final Expr INFINITY = new Expr.Name("inf");
    private static final Expr MINUS_INFINITY = new Expr.Negative(INFINITY);

    private RealSets() {}

    static boolean isUnion(Expr expr) {
        return expr instanceof Expr.SetOperation || Forms.isName(expr, "reals");
    }

    /** Intervals, and one set of all single values if there are some; empty if the set is built in another way. */
    static Optional<List<Expr>> parts(Expr expr) {
        List<Expr> parts = new ArrayList<>();
        List<Expr> values = new ArrayList<>();
        if (!collect(expr, parts, values)) {
            return Optional.empty();
        }
        if (!values.isEmpty()) {
            parts.add(new Expr.Group('{', '}', values));
        }
        return Optional.of(parts);
    }

    private static boolean collect(Expr expr, List<Expr> parts, List<Expr> values) {
        if (expr instanceof Expr.SetOperation operation && operation.operator().equals("cup")) {
            return operation.sets().stream().allMatch(set -> collect(set, parts, values));
        }
        if (expr instanceof Expr.Group group && group.isUnordered()) {
            values.addAll(group.items());
            return true;
        }
        if (Forms.isName(expr, "reals")) {
            parts.add(new Expr.Group('(', ')', List.of(MINUS_INFINITY, INFINITY)));
            return true;
        }
        if (Forms.isName(expr, "empty")) {
            return true;
        }
        Expr part = expr instanceof Expr.Relation relation ? interval(relation).orElse(expr) : expr;
        parts.add(part);
        return part instanceof Expr.Group;
    }

    /** The interval that an inequality with a bare variable means. */
    static Optional<Expr> interval(Expr.Relation relation) {
        List<Expr> terms = relation.terms();
        List<String> operators = relation.operators();
        if (terms.size() == 2 && terms.get(0) instanceof Expr.Name) {
            return half(operators.get(0), terms.get(1));
        }
        if (terms.size() == 2 && terms.get(1) instanceof Expr.Name) {
            return half(flipped(operators.get(0)), terms.get(0));
        }
        return terms.size() == 3 && terms.get(1) instanceof Expr.Name ? between(terms, operators) : Optional.empty();
    }

    private static Optional<Expr> between(List<Expr> terms, List<String> operators) {
        if (operators.get(0).charAt(0) != operators.get(1).charAt(0)) {
            return Optional.empty();
        }
        return switch (operators.get(0).charAt(0)) {
            case '<' -> Optional.of(interval(operators.get(0), terms.get(0), terms.get(2), operators.get(1)));
            case '>' -> Optional.of(interval(operators.get(1), terms.get(2), terms.get(0), operators.get(0)));
            default -> Optional.empty();
        };
    }

    private static Optional<Expr> half(String operator, Expr bound) {
        return switch (operator) {
            case "<", "<=" -> Optional.of(interval("<", MINUS_INFINITY, bound, operator));
            case ">", ">=" -> Optional.of(interval(operator, bound, INFINITY, ">"));
            case "!=" ->
                Optional.of(new Expr.SetOperation(
                        "cup",
                        List.of(interval("<", MINUS_INFINITY, bound, "<"), interval("<", bound, INFINITY, "<"))));
            default -> Optional.empty();
        };
    }

    private static Expr interval(String left, Expr from, Expr to, String right) {
        return new Expr.Group(left.endsWith("=") ? '[' : '(', right.endsWith("=") ? ']' : ')', List.of(from, to));
    }

    static String flipped(String operator) {
        return switch (operator) {
            case "<" -> ">";
            case "<=" -> ">=";
            case ">" -> "<";
            case ">=" -> "<=";
            default -> operator;
        };
    }
}
