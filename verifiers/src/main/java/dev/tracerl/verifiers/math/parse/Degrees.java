package dev.tracerl.verifiers.math.parse;

import dev.tracerl.verifiers.math.tree.Expr;
import dev.tracerl.verifiers.math.tree.Fraction;
import java.util.List;
import java.util.Set;

/** Arguments of trigonometric functions in degrees. */
final class Degrees {

    private static final Set<String> FUNCTIONS = Set.of("sin", "cos", "tan", "cot", "sec", "csc");

    /** One degree in radians. */
    private static final Expr DEGREE = new Expr.Quotient(new Expr.Name("pi"), new Expr.Num(Fraction.of(180), -1));

    private Degrees() {}

    /** The arguments of a function, with degrees as radians where the function takes an angle. */
    static List<Expr> radians(String function, List<Expr> arguments) {
        return FUNCTIONS.contains(function)
                ? arguments.stream().map(Degrees::radians).toList()
                : arguments;
    }

    private static Expr radians(Expr expr) {
        if (expr instanceof Expr.Quantity quantity) {
            return Unit.of(quantity.unit()).known().equals("degree")
                    ? new Expr.Product(List.of(quantity.value(), DEGREE))
                    : expr;
        } else if (expr instanceof Expr.Negative negative) {
            return new Expr.Negative(radians(negative.value()));
        } else if (expr instanceof Expr.Sum sum) {
            return new Expr.Sum(sum.terms().stream().map(Degrees::radians).toList());
        } else if (expr instanceof Expr.Product product) {
            return new Expr.Product(
                    product.factors().stream().map(Degrees::radians).toList());
        } else if (expr instanceof Expr.Quotient quotient) {
            return new Expr.Quotient(radians(quotient.numerator()), quotient.denominator());
        }
        return expr;
    }
}
