package dev.tracerl.verifiers.math.compare;

import dev.tracerl.verifiers.math.tree.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Adds and multiplies matrices; what does not fit stays as it is. */
final class Matrices {

    private static final int MAX_SIZE = 10;

    private Matrices() {}

    /** The matrix that sums, differences, multiples and products of matrices stand for. */
    static Expr evaluated(Expr expr) {
        if (expr instanceof Expr.Sum sum) {
            return fold(sum.terms(), sum, Matrices::plus);
        } else if (expr instanceof Expr.Product product) {
            return fold(product.factors(), product, Matrices::times);
        } else if (expr instanceof Expr.Negative negative
                && evaluated(negative.value()) instanceof Expr.Matrix matrix) {
            return map(matrix, Expr.Negative::new);
        } else if (expr instanceof Expr.Quotient quotient
                && evaluated(quotient.numerator()) instanceof Expr.Matrix matrix) {
            return map(matrix, entry -> new Expr.Quotient(entry, quotient.denominator()));
        }
        return expr;
    }

    private static Expr fold(List<Expr> parts, Expr otherwise, BinaryOperator<Expr> operation) {
        List<Expr> values = parts.stream().map(Matrices::evaluated).toList();
        if (values.stream().noneMatch(Expr.Matrix.class::isInstance)) {
            return otherwise;
        }
        Expr result = values.stream().reduce(operation).orElse(otherwise);
        return result instanceof Expr.Matrix ? result : otherwise;
    }

    private static Expr plus(Expr left, Expr right) {
        if (!(left instanceof Expr.Matrix a) || !(right instanceof Expr.Matrix b) || !sameShape(a, b)) {
            return new Expr.Sum(List.of(left, right));
        }
        List<List<Expr>> rows = new ArrayList<>();
        for (int row = 0; row < a.rows().size(); row++) {
            List<Expr> sums = new ArrayList<>();
            for (int column = 0; column < a.rows().get(0).size(); column++) {
                sums.add(new Expr.Sum(
                        List.of(a.rows().get(row).get(column), b.rows().get(row).get(column))));
            }
            rows.add(sums);
        }
        return new Expr.Matrix(rows);
    }

    private static Expr times(Expr left, Expr right) {
        if (left instanceof Expr.Matrix a && right instanceof Expr.Matrix b) {
            return fits(a, b) ? product(a, b) : new Expr.Product(List.of(left, right));
        } else if (right instanceof Expr.Matrix matrix) {
            return map(matrix, entry -> new Expr.Product(List.of(left, entry)));
        } else if (left instanceof Expr.Matrix matrix) {
            return map(matrix, entry -> new Expr.Product(List.of(entry, right)));
        }
        return new Expr.Product(List.of(left, right));
    }

    private static Expr product(Expr.Matrix a, Expr.Matrix b) {
        List<List<Expr>> rows = new ArrayList<>();
        for (List<Expr> row : a.rows()) {
            List<Expr> products = new ArrayList<>();
            for (int column = 0; column < b.rows().get(0).size(); column++) {
                List<Expr> terms = new ArrayList<>();
                for (int i = 0; i < row.size(); i++) {
                    terms.add(
                            new Expr.Product(List.of(row.get(i), b.rows().get(i).get(column))));
                }
                products.add(new Expr.Sum(terms));
            }
            rows.add(products);
        }
        return new Expr.Matrix(rows);
    }

    private static Expr map(Expr.Matrix matrix, UnaryOperator<Expr> change) {
        return new Expr.Matrix(matrix.rows().stream()
                .map(row -> row.stream().map(change).toList())
                .toList());
    }

    private static boolean sameShape(Expr.Matrix a, Expr.Matrix b) {
        return a.rows().size() == b.rows().size()
                && a.rows().get(0).size() == b.rows().get(0).size();
    }

    private static boolean fits(Expr.Matrix a, Expr.Matrix b) {
        return a.rows().get(0).size() == b.rows().size() && b.children().size() <= MAX_SIZE * MAX_SIZE;
    }
}
