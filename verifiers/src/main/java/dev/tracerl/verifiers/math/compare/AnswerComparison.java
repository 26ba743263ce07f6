package dev.tracerl.verifiers.math.compare;

import dev.tracerl.verifiers.math.exact.Budget;
import dev.tracerl.verifiers.math.tree.Expr;

/** Compares a given answer with the right one, whatever their forms. */
public final class AnswerComparison {

    private final ScalarComparison scalars;
    private final CollectionComparison collections;
    private final RelationComparison relations;

    /** A comparison that uses operations of a budget, and asks an engine last. */
    public AnswerComparison(Budget budget, SymbolicEngine engine) {
        this.scalars = new ScalarComparison(budget, engine);
        this.collections = new CollectionComparison(this);
        this.relations = new RelationComparison(this, budget);
    }

    /** Whether the given answer is the right one. */
    public Decision compare(Expr right, Expr given) {
        Expr a = Matrices.evaluated(Forms.expanded(Forms.withoutName(right)));
        Expr b = Matrices.evaluated(Forms.expanded(Forms.withoutName(given)));
        return a.equals(b) ? Decision.EQUAL : byForm(a, b);
    }

    private Decision byForm(Expr a, Expr b) {
        if (a instanceof Expr.Relation || b instanceof Expr.Relation) {
            return relations.compare(a, b);
        }
        if (Forms.isCollection(a) || Forms.isCollection(b)) {
            return collections.compare(a, b);
        }
        return values(a, b);
    }

    private Decision values(Expr a, Expr b) {
        if (a instanceof Expr.Text || b instanceof Expr.Text) {
            return Decision.of(Texts.same(a, b));
        }
        return isRatio(a) || isRatio(b) ? ratios(a, b) : scalars.compare(a, b);
    }

    /** Part by part; whether a ratio of two parts may stand for a quotient is left open. */
    private Decision ratios(Expr a, Expr b) {
        if (isRatio(a) && isRatio(b)) {
            return collections.ordered(a.children(), b.children());
        }
        Decision quotient = scalars.compare(quotient(a), quotient(b));
        return quotient == Decision.EQUAL ? Decision.UNKNOWN : Decision.DIFFERENT;
    }

    private static Expr quotient(Expr expr) {
        return isRatio(expr) && expr.children().size() == 2
                ? new Expr.Quotient(expr.children().get(0), expr.children().get(1))
                : expr;
    }

    private static boolean isRatio(Expr expr) {
        return expr instanceof Expr.Call call && call.function().equals("ratio");
    }
}
