package dev.tracerl.verifiers.math.tree;

import java.util.List;

/** A mathematical answer. Immutable; equal trees are equal answers, not the other way round. */
public sealed interface Expr {

    /** The parts that are trees themselves, in order. */
    default List<Expr> children() {
        return List.of();
    }

    /**
     * A number.
     *
     * @param value its exact value
     * @param digits digits after the decimal point as written; -1 if there is no point
     */
    record Num(Fraction value, int digits) implements Expr {}

    /** A variable, a named constant (pi, e, i, inf) or a name that is compared as it is. */
    record Name(String name) implements Expr {}

    /** Words that are not mathematics. */
    record Text(String text) implements Expr {}

    /** A sum; differences hold negated terms. */
    record Sum(List<Expr> terms) implements Expr {
        public Sum {
            terms = List.copyOf(terms);
        }

        @Override
        public List<Expr> children() {
            return terms;
        }
    }

    /** A product. */
    record Product(List<Expr> factors) implements Expr {
        public Product {
            factors = List.copyOf(factors);
        }

        @Override
        public List<Expr> children() {
            return factors;
        }
    }

    /** A quotient. */
    record Quotient(Expr numerator, Expr denominator) implements Expr {
        @Override
        public List<Expr> children() {
            return List.of(numerator, denominator);
        }
    }

    /** A power. */
    record Power(Expr base, Expr exponent) implements Expr {
        @Override
        public List<Expr> children() {
            return List.of(base, exponent);
        }
    }

    /** The negative. */
    record Negative(Expr value) implements Expr {
        @Override
        public List<Expr> children() {
            return List.of(value);
        }
    }

    /** Both signs of a value; all of one answer together take the upper or the lower sign. */
    record PlusMinus(Expr value) implements Expr {
        @Override
        public List<Expr> children() {
            return List.of(value);
        }
    }

    /** A value in percent. */
    record Percent(Expr value) implements Expr {
        @Override
        public List<Expr> children() {
            return List.of(value);
        }
    }

    /** A value with a unit in words. */
    record Quantity(Expr value, String unit) implements Expr {
        @Override
        public List<Expr> children() {
            return List.of(value);
        }
    }

    /** A function of arguments. */
    record Call(String function, List<Expr> arguments) implements Expr {
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public List<Expr> children() {
            return arguments;
        }
    }

    /**
     * Several values: a set, a tuple, an interval or a bare list.
     *
     * @param open one of ( [ {, or a blank for a bare list
     * @param close one of ) ] }, or a blank for a bare list
     */
    record Group(char open, char close, List<Expr> items) implements Expr {
        public Group {
            items = List.copyOf(items);
        }

        /** Whether the order does not count. */
        public boolean isUnordered() {
            return open == '{' || open == ' ';
        }

        @Override
        public List<Expr> children() {
            return items;
        }
    }

    /** A union, intersection or difference of sets: {@code cup}, {@code cap} or {@code minus}. */
    record SetOperation(String operator, List<Expr> sets) implements Expr {
        public SetOperation {
            sets = List.copyOf(sets);
        }

        @Override
        public List<Expr> children() {
            return sets;
        }
    }

    /** A matrix by rows, all of one length. */
    record Matrix(List<List<Expr>> rows) implements Expr {
        public Matrix {
            rows = rows.stream().map(List::copyOf).toList();
        }

        @Override
        public List<Expr> children() {
            return rows.stream().flatMap(List::stream).toList();
        }
    }

    /**
     * A chain of terms with relations between them.
     *
     * @param operators {@code = != < <= > >= ~ in}, one fewer than terms
     */
    record Relation(List<Expr> terms, List<String> operators) implements Expr {
        public Relation {
            terms = List.copyOf(terms);
            operators = List.copyOf(operators);
        }

        @Override
        public List<Expr> children() {
            return terms;
        }
    }
}
