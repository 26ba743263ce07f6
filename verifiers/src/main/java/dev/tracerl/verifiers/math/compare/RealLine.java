package dev.tracerl.verifiers.math.compare;

import dev.tracerl.verifiers.math.numeric.Sampling;
import dev.tracerl.verifiers.math.tree.Expr;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Compares sets of real numbers that are built from intervals and finite sets: they are the same if they hold the same of
 * their ends and of the numbers between these.
 */
final class RealLine {

    private static final int MAX_ENDS = 60;

    /** Ends that are closer must be known to be equal. */
    private static final double CLEAR = 1e-6;

    private final AnswerComparison answers;

    RealLine(AnswerComparison answers) {
        this.answers = answers;
    }

    /** Whether the sets are the same; unknown if they are built in another way or their ends are no numbers. */
    Decision compare(Expr right, Expr given) {
        List<Expr> numbers = new ArrayList<>();
        if (!collect(right, numbers) || !collect(given, numbers) || numbers.size() > MAX_ENDS) {
            return Decision.UNKNOWN;
        }
        if (numbers.stream().anyMatch(number -> value(number).isEmpty())) {
            return Decision.UNKNOWN;
        }
        List<Expr> ends = numbers.stream()
                .sorted(Comparator.comparing(number -> value(number).orElseThrow()))
                .toList();
        Decision clear = areClear(ends);
        return clear == Decision.EQUAL
                ? Decision.of(points(ends).stream().allMatch(point -> holds(right, point) == holds(given, point)))
                : clear;
    }

    /** Whether ends that are close to each other are equal, whichever is the right one. */
    private Decision areClear(List<Expr> ends) {
        List<Decision> close = new ArrayList<>();
        for (int i = 1; i < ends.size(); i++) {
            Expr first = ends.get(i - 1);
            Expr second = ends.get(i);
            if (value(second).orElseThrow() - value(first).orElseThrow() <= CLEAR) {
                close.add(answers.compare(first, second));
                close.add(answers.compare(second, first));
            }
        }
        return Decision.all(close);
    }

    private static boolean collect(Expr set, List<Expr> numbers) {
        if (set instanceof Expr.SetOperation operation) {
            return operation.sets().stream().allMatch(part -> collect(part, numbers));
        } else if (set instanceof Expr.Group group) {
            numbers.addAll(
                    group.items().stream().filter(item -> !isInfinite(item)).toList());
            return group.isUnordered() || group.items().size() == 2;
        } else if (set instanceof Expr.Relation relation) {
            return RealSets.interval(relation)
                    .filter(part -> collect(part, numbers))
                    .isPresent();
        }
        return Forms.isName(set, "reals") || Forms.isName(set, "empty");
    }

    private static boolean isInfinite(Expr expr) {
        return value(expr).filter(number -> number.isInfinite()).isPresent();
    }

    private static Optional<Double> value(Expr expr) {
        Expr size = expr instanceof Expr.Negative negative ? negative.value() : expr;
        if (Forms.isName(size, "inf")) {
            return Optional.of(size.equals(expr) ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY);
        }
        OptionalDouble value = Sampling.variables(expr).isEmpty() ? Sampling.constant(expr) : OptionalDouble.empty();
        return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
    }

    /** The ends, a number in each gap, and one beyond them on both sides. */
    private static List<Double> points(List<Expr> ends) {
        List<Double> points = new ArrayList<>();
        double last = ends.isEmpty() ? 0 : value(ends.get(0)).orElseThrow() - 2;
        for (Expr end : ends) {
            double value = value(end).orElseThrow();
            points.add((last + value) / 2);
            points.add(value);
            last = value;
        }
        points.add(last + 1);
        return points;
    }

    private static boolean holds(Expr set, double point) {
        if (set instanceof Expr.SetOperation operation) {
            return operation(operation, point);
        } else if (set instanceof Expr.Relation relation) {
            return holds(RealSets.interval(relation).orElseThrow(), point);
        } else if (set instanceof Expr.Group group) {
            return group.isUnordered()
                    ? group.items().stream().anyMatch(item -> isAt(item, point))
                    : between(group, point);
        }
        return Forms.isName(set, "reals");
    }

    private static boolean operation(Expr.SetOperation operation, double point) {
        return switch (operation.operator()) {
            case "cup" -> operation.sets().stream().anyMatch(part -> holds(part, point));
            case "cap" -> operation.sets().stream().allMatch(part -> holds(part, point));
            default ->
                holds(operation.sets().get(0), point)
                        && operation.sets().stream().skip(1).noneMatch(part -> holds(part, point));
        };
    }

    private static boolean between(Expr.Group interval, double point) {
        Expr from = interval.items().get(0);
        Expr to = interval.items().get(1);
        boolean inside = value(from).orElseThrow() < point && point < value(to).orElseThrow();
        return (inside && !isAt(from, point) && !isAt(to, point))
                || (interval.open() == '[' && isAt(from, point))
                || (interval.close() == ']' && isAt(to, point));
    }

    private static boolean isAt(Expr end, double point) {
        double value = value(end).orElseThrow();
        return Math.abs(value - point) <= CLEAR;
    }
}
