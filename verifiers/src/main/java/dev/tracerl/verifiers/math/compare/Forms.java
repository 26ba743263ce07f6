package dev.tracerl.verifiers.math.compare;

import dev.tracerl.verifiers.math.tree.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Brings answers of one meaning into one form. */
final class Forms {

    private Forms() {}

    static boolean isCollection(Expr expr) {
        return expr instanceof Expr.Group
                || expr instanceof Expr.SetOperation
                || expr instanceof Expr.Matrix
                || isName(expr, "empty");
    }

    static boolean isName(Expr expr, String name) {
        return expr instanceof Expr.Name found && found.name().equals(name);
    }

    /** Writes both signs of a plus-minus as two values. */
    static Expr expanded(Expr expr) {
        if (expr instanceof Expr.Group group && group.items().stream().anyMatch(Forms::hasPlusMinus)) {
            List<Expr> items = new ArrayList<>();
            group.items().forEach(item -> items.addAll(signs(item)));
            return new Expr.Group(group.open(), group.close(), items);
        }
        if (expr instanceof Expr.Relation relation) {
            return expandedRight(relation);
        }
        return !isCollection(expr) && hasPlusMinus(expr) ? new Expr.Group(' ', ' ', signs(expr)) : expr;
    }

    private static Expr expandedRight(Expr.Relation relation) {
        List<Expr> terms = relation.terms();
        boolean right = terms.size() == 2 && !hasPlusMinus(terms.get(0)) && hasPlusMinus(terms.get(1));
        return right
                ? new Expr.Relation(List.of(terms.get(0), expanded(terms.get(1))), relation.operators())
                : relation;
    }

    /** In "x = 1, 2, 3" the name belongs to all values. */
    static Expr withoutName(Expr expr) {
        if (!(expr instanceof Expr.Group group) || group.open() != ' ') {
            return expr;
        }
        boolean first = group.items().get(0) instanceof Expr.Relation relation
                && Relations.definition(relation).isPresent();
        boolean rest = group.items().stream().skip(1).noneMatch(Expr.Relation.class::isInstance);
        if (!first || !rest) {
            return expr;
        }
        List<Expr> items = new ArrayList<>(group.items());
        items.set(0, ((Expr.Relation) items.get(0)).terms().get(1));
        return new Expr.Group(' ', ' ', items);
    }

    private static List<Expr> signs(Expr expr) {
        return hasPlusMinus(expr)
                ? List.of(replace(expr, value -> value), replace(expr, Expr.Negative::new))
                : List.of(expr);
    }

    private static boolean hasPlusMinus(Expr expr) {
        return expr instanceof Expr.PlusMinus || expr.children().stream().anyMatch(Forms::hasPlusMinus);
    }

    private static Expr replace(Expr expr, UnaryOperator<Expr> sign) {
        if (expr instanceof Expr.PlusMinus plusMinus) {
            return sign.apply(plusMinus.value());
        } else if (expr instanceof Expr.Sum sum) {
            return new Expr.Sum(replaceAll(sum.terms(), sign));
        } else if (expr instanceof Expr.Product product) {
            return new Expr.Product(replaceAll(product.factors(), sign));
        } else if (expr instanceof Expr.Quotient quotient) {
            return new Expr.Quotient(replace(quotient.numerator(), sign), replace(quotient.denominator(), sign));
        } else if (expr instanceof Expr.Negative negative) {
            return new Expr.Negative(replace(negative.value(), sign));
        } else if (expr instanceof Expr.Group group) {
            return new Expr.Group(group.open(), group.close(), replaceAll(group.items(), sign));
        }
        return replaceRest(expr, sign);
    }

    private static Expr replaceRest(Expr expr, UnaryOperator<Expr> sign) {
        if (expr instanceof Expr.Power power) {
            return new Expr.Power(replace(power.base(), sign), replace(power.exponent(), sign));
        } else if (expr instanceof Expr.Quantity quantity) {
            return new Expr.Quantity(replace(quantity.value(), sign), quantity.unit());
        } else if (expr instanceof Expr.Call call) {
            return new Expr.Call(call.function(), replaceAll(call.arguments(), sign));
        }
        return expr;
    }

    private static List<Expr> replaceAll(List<Expr> all, UnaryOperator<Expr> sign) {
        return all.stream().map(expr -> replace(expr, sign)).toList();
    }
}
