package dev.tracerl.verifiers.math.parse;

import dev.tracerl.verifiers.math.tree.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Signs of currencies, which are units before a value. */
final class Currency {

    private static final Map<Pattern, String> SIGNS = Map.of(
            Pattern.compile("\\\\[$]|^[^$]*(?<![$\\\\])[$](?=[\\d.])[^$]*$"), "dollar",
            Pattern.compile("\u20ac"), "euro",
            Pattern.compile("\u00a3"), "pound",
            Pattern.compile("\u00a5"), "yen");

    /** Dollars around everything delimit mathematics, escaped or not. */
    private static final Pattern AROUND = Pattern.compile("(?s)\\s*\\\\[$].*\\\\[$]\\s*");

    private Currency() {}

    /** The only currency whose sign is in an answer. */
    static Optional<String> in(String answer) {
        if (answer.chars().noneMatch(c -> "$\u20ac\u00a3\u00a5".indexOf(c) >= 0)) {
            return Optional.empty();
        }
        List<String> found = new ArrayList<>();
        SIGNS.forEach((sign, name) -> {
            if (sign.matcher(answer).find()) {
                found.add(name);
            }
        });
        return found.size() == 1 && !AROUND.matcher(answer).matches() ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** The answer with the currency as the unit of its values. */
    static Expr of(String currency, Expr expr) {
        if (expr instanceof Expr.Quantity quantity) {
            boolean named = Unit.of(quantity.unit())
                    .known()
                    .startsWith(Unit.of(currency).known());
            return named ? expr : new Expr.Quantity(quantity.value(), currency + " " + quantity.unit());
        } else if (expr instanceof Expr.Group group && group.isUnordered()) {
            List<Expr> items =
                    group.items().stream().map(item -> of(currency, item)).toList();
            return new Expr.Group(group.open(), group.close(), items);
        } else if (expr instanceof Expr.Relation relation) {
            List<Expr> terms = new ArrayList<>(relation.terms());
            terms.set(terms.size() - 1, of(currency, terms.get(terms.size() - 1)));
            return new Expr.Relation(terms, relation.operators());
        }
        return isValue(expr) ? new Expr.Quantity(expr, currency) : expr;
    }

    private static boolean isValue(Expr expr) {
        return !(expr instanceof Expr.Text
                || expr instanceof Expr.Group
                || expr instanceof Expr.SetOperation
                || expr instanceof Expr.Matrix
                || expr instanceof Expr.PlusMinus);
    }
}
