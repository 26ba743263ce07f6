package dev.tracerl.verifiers.math;

import dev.tracerl.verifiers.math.compare.AnswerComparison;
import dev.tracerl.verifiers.math.compare.Decision;
import dev.tracerl.verifiers.math.tree.Expr;
import java.util.List;
import java.util.Set;

/**
 * Lists of conditions, x &gt; 2 and x &lt; 3 or x = 2 and y = 3, whose words say whether all of them hold or one. Of values, and of
 * equations for one name, a list is all, whichever word is in it.
 */
record Conditions(Connective right, Connective given, boolean areFormal, AnswerComparison answers) {

    private static final Set<String> ORDERS = Set.of("<", "<=", ">", ">=");
    private static final List<Expr> ALL_OR_NOTHING = List.of(new Expr.Name("empty"), new Expr.Name("reals"));

    /** Of the words of two answers. */
    static Conditions of(String right, String given, AnswerComparison answers) {
        boolean formal = Connective.isFormal(right) || Connective.isFormal(given);
        return new Conditions(Connective.in(right), Connective.in(given), formal, answers);
    }

    /** What their words leave of a comparison of two readings that takes them for commas. */
    Decision limited(Expr a, Expr b, Decision decision) {
        boolean lists = isList(a) && isList(b) && decision != Decision.DIFFERENT;
        return lists ? limitedList(a, b, decision) : decision;
    }

    private Decision limitedList(Expr a, Expr b, Decision decision) {
        if (areFormal && hasProposition(a)) {
            return right == given && right != Connective.MIXED ? decision : Decision.DIFFERENT;
        }
        boolean conditions = areConditions(a) && areConditions(b);
        return conditions ? joined(meant(right, a), meant(given, b), a, decision) : decision;
    }

    private Decision joined(Connective first, Connective second, Expr list, Decision decision) {
        if (first == Connective.MIXED || second == Connective.MIXED) {
            return Decision.DIFFERENT;
        }
        if (first == second) {
            return decision;
        }
        if (first == Connective.COMMA) {
            return asWritten(second, list, decision);
        }
        return second == Connective.COMMA ? asWritten(first, list, decision) : Decision.DIFFERENT;
    }

    /** Commas stand for a word that leaves something and not everything: x &lt; 2, x &gt; 3 are not both. */
    private Decision asWritten(Connective word, Expr list, Decision decision) {
        Expr set = new Expr.SetOperation(word == Connective.AND ? "cap" : "cup", list.children());
        boolean degenerate = ALL_OR_NOTHING.stream().anyMatch(all -> answers.compare(set, all) == Decision.EQUAL);
        return degenerate ? Decision.UNKNOWN : decision;
    }

    /** Commas between equations for several names, and between exceptions, mean that all of them hold. */
    private static Connective meant(Connective written, Expr list) {
        boolean ordered = list.children().stream().allMatch(Conditions::isOrder);
        return written == Connective.COMMA && !ordered ? Connective.AND : written;
    }

    private static boolean isList(Expr expr) {
        return expr instanceof Expr.Group list && list.open() == ' ';
    }

    /** Whether a part is a letter, which stands for a proposition. */
    private static boolean hasProposition(Expr list) {
        return list.children().stream().anyMatch(Expr.Name.class::isInstance);
    }

    private static boolean areConditions(Expr list) {
        return list.children().stream().allMatch(Expr.Relation.class::isInstance)
                && (list.children().stream().anyMatch(item -> !isEquation(item)) || names(list) > 1);
    }

    private static long names(Expr list) {
        return list.children().stream()
                .map(item -> item.children().get(0))
                .distinct()
                .count();
    }

    private static boolean isEquation(Expr item) {
        return item instanceof Expr.Relation relation && relation.operators().equals(List.of("="));
    }

    private static boolean isOrder(Expr item) {
        return item instanceof Expr.Relation relation && ORDERS.containsAll(relation.operators());
    }
}
