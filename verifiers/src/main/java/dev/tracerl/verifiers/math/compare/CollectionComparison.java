package dev.tracerl.verifiers.math.compare;

import dev.tracerl.verifiers.math.tree.Expr;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Compares sets, lists, tuples, intervals, unions and matrices. */
final class CollectionComparison {

    private static final int MAX_ITEMS = 60;

    private final AnswerComparison answers;
    private final RealLine line;

    CollectionComparison(AnswerComparison answers) {
        this.answers = answers;
        this.line = new RealLine(answers);
    }

    Decision compare(Expr right, Expr given) {
        if (right instanceof Expr.Matrix a && given instanceof Expr.Matrix b) {
            return matrices(a, b);
        }
        if (RealSets.isUnion(right) || RealSets.isUnion(given)) {
            return unions(right, given);
        }
        Optional<Expr.Group> a = group(right);
        Optional<Expr.Group> b =
                right instanceof Expr.Matrix ? group(given).map(CollectionComparison::asVector) : group(given);
        if (a.isPresent() && b.isPresent()) {
            return groups(a.get(), b.get());
        }
        return single(a, right, b, given);
    }

    /** A list or a set of one value is only another notation for the value, a pair of parentheses is not. */
    private Decision single(Optional<Expr.Group> a, Expr right, Optional<Expr.Group> b, Expr given) {
        Optional<Expr> onlyRight = a.isPresent() ? only(a.get()) : Optional.of(right);
        Optional<Expr> onlyGiven = b.isPresent() ? only(b.get()) : Optional.of(given);
        boolean scalars = onlyRight.isPresent()
                && onlyGiven.isPresent()
                && !Forms.isCollection(onlyRight.get())
                && !Forms.isCollection(onlyGiven.get());
        return scalars ? answers.compare(onlyRight.get(), onlyGiven.get()) : Decision.DIFFERENT;
    }

    private static Optional<Expr> only(Expr.Group group) {
        return group.items().size() == 1 && group.open() != '('
                ? Optional.of(group.items().get(0))
                : Optional.empty();
    }

    /** Vectors are tuples. */
    private static Optional<Expr.Group> group(Expr expr) {
        if (expr instanceof Expr.Group group) {
            return Optional.of(group);
        }
        if (Forms.isName(expr, "empty")) {
            return Optional.of(new Expr.Group('{', '}', List.of()));
        }
        boolean vector = expr instanceof Expr.Matrix matrix
                && (matrix.rows().size() == 1 || matrix.rows().get(0).size() == 1);
        return vector ? Optional.of(new Expr.Group('(', ')', expr.children())) : Optional.empty();
    }

    /** Beside a vector, square brackets are those of a vector. */
    private static Expr.Group asVector(Expr.Group group) {
        return group.open() == '[' && group.close() == ']' ? new Expr.Group('(', ')', group.items()) : group;
    }

    private Decision groups(Expr.Group right, Expr.Group given) {
        if (right.isUnordered() && given.isUnordered()) {
            return unordered(right.items(), given.items());
        }
        boolean sameBrackets = right.open() == given.open() && right.close() == given.close();
        if (sameBrackets) {
            return ordered(right.items(), given.items());
        }
        return isBare(given, right) || isBare(right, given)
                ? ordered(byName(right.items()), byName(given.items()))
                : Decision.DIFFERENT;
    }

    /** Named values in the order of their names, y=4, x=3 as x=3, y=4; others as they are. */
    private static List<Expr> byName(List<Expr> items) {
        boolean named = items.stream()
                .allMatch(item -> item instanceof Expr.Relation relation
                        && Relations.definition(relation).isPresent()
                        && relation.terms().get(0) instanceof Expr.Name);
        return named
                ? items.stream()
                        .sorted(Comparator.comparing(CollectionComparison::name))
                        .toList()
                : items;
    }

    private static String name(Expr item) {
        return item.children().get(0) instanceof Expr.Name name ? name.name() : "";
    }

    /** Whether a list is the content of a tuple. */
    private static boolean isBare(Expr.Group list, Expr.Group tuple) {
        return list.open() == ' ' && tuple.open() == '(' && tuple.close() == ')';
    }

    Decision ordered(List<Expr> right, List<Expr> given) {
        if (right.size() != given.size()) {
            return Decision.DIFFERENT;
        }
        List<Decision> decisions = new ArrayList<>();
        for (int i = 0; i < right.size(); i++) {
            decisions.add(item(right.get(i), given.get(i)));
            if (decisions.get(i) == Decision.DIFFERENT) {
                return Decision.DIFFERENT;
            }
        }
        return Decision.all(decisions);
    }

    /** Within a collection a set of one value is not that value. */
    private Decision item(Expr right, Expr given) {
        return isSet(right) == isSet(given) ? answers.compare(right, given) : Decision.DIFFERENT;
    }

    private static boolean isSet(Expr expr) {
        return expr instanceof Expr.Group group && group.open() == '{';
    }

    /** Pairs every right item with a given one. Equality is transitive, so that the first equal item will do. */
    Decision unordered(List<Expr> right, List<Expr> given) {
        if (right.size() != given.size() || right.size() > MAX_ITEMS) {
            return right.size() == given.size() ? ordered(right, given) : Decision.DIFFERENT;
        }
        List<Expr> left = new ArrayList<>(given);
        boolean unknown = false;
        for (Expr item : right) {
            Decision found = take(item, left);
            if (found == Decision.DIFFERENT) {
                return Decision.DIFFERENT;
            }
            unknown |= found == Decision.UNKNOWN;
        }
        return unknown ? Decision.UNKNOWN : Decision.EQUAL;
    }

    private Decision take(Expr item, List<Expr> left) {
        Decision best = Decision.DIFFERENT;
        for (int i = 0; i < left.size(); i++) {
            Decision decision = item(item, left.get(i));
            if (decision == Decision.EQUAL) {
                left.remove(i);
                return Decision.EQUAL;
            }
            best = decision == Decision.UNKNOWN ? decision : best;
        }
        return best;
    }

    private Decision matrices(Expr.Matrix right, Expr.Matrix given) {
        boolean sameShape = right.rows().size() == given.rows().size()
                && right.rows().get(0).size() == given.rows().get(0).size();
        return sameShape ? ordered(right.children(), given.children()) : Decision.DIFFERENT;
    }

    /** Unions are the same if their parts are; what needs set algebra stays open. */
    private Decision unions(Expr right, Expr given) {
        Decision onLine = line.compare(right, given);
        if (onLine != Decision.UNKNOWN) {
            return onLine;
        }
        Optional<List<Expr>> a = RealSets.parts(right);
        Optional<List<Expr>> b = RealSets.parts(given);
        if (a.isPresent() && b.isPresent()) {
            return unordered(a.get(), b.get());
        }
        if (!Forms.isCollection(right) || !Forms.isCollection(given)) {
            return Decision.DIFFERENT;
        }
        return sameOperator(right, given) && ordered(right.children(), given.children()) == Decision.EQUAL
                ? Decision.EQUAL
                : Decision.UNKNOWN;
    }

    private static boolean sameOperator(Expr right, Expr given) {
        return right instanceof Expr.SetOperation a
                && given instanceof Expr.SetOperation b
                && a.operator().equals(b.operator());
    }
}
