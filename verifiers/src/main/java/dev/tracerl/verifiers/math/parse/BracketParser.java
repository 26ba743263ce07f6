package dev.tracerl.verifiers.math.parse;

import dev.tracerl.verifiers.math.tree.Expr;
import java.util.ArrayList;
import java.util.List;

/** Reads what stands in brackets: groups, sets, tuples, intervals, matrices. */
final class BracketParser {

    private final Tokens tokens;
    private final Parser parser;

    BracketParser(Tokens tokens, Parser parser) {
        this.tokens = tokens;
        this.parser = parser;
    }

    Expr read() {
        Token open = tokens.take();
        return switch (open.type()) {
            case BEGIN -> environment(open.text());
            case BRACE -> invisible();
            default -> visible(open.text());
        };
    }

    /** The arguments of a function, in parentheses. */
    List<Expr> arguments() {
        tokens.expect(TokenType.OPEN);
        List<Expr> arguments = parser.list();
        tokens.expect(TokenType.CLOSE);
        return arguments;
    }

    /** Braces group; around several values they are meant as a set. */
    private Expr invisible() {
        if (tokens.peek().type() == TokenType.UNBRACE) {
            tokens.take();
            return new Expr.Group('{', '}', List.of());
        }
        List<Expr> items = parser.list();
        tokens.expect(TokenType.UNBRACE);
        return items.size() == 1 ? items.get(0) : new Expr.Group('{', '}', items);
    }

    private Expr visible(String open) {
        if (tokens.peek().type() == TokenType.BEGIN) {
            return aroundEnvironment();
        }
        if (tokens.peek().type() == TokenType.CLOSE) {
            tokens.take();
            return new Expr.Group(open.charAt(0), close(open), List.of());
        }
        List<Expr> items = parser.list();
        String close = tokens.expect(TokenType.CLOSE).text();
        if (open.equals("floor") || open.equals("ceil")) {
            return new Expr.Call(open, items);
        }
        if (items.size() == 1 && open.equals("(") && close.equals(")")) {
            return items.get(0);
        }
        return matrix(new Expr.Group(open.charAt(0), close.charAt(0), items));
    }

    /** Brackets around an array are the matrix's own. */
    private Expr aroundEnvironment() {
        List<Expr> items = parser.list();
        tokens.expect(TokenType.CLOSE);
        return items.size() == 1 ? items.get(0) : new Expr.Group('(', ')', items);
    }

    private static char close(String open) {
        return switch (open) {
            case "(" -> ')';
            case "[" -> ']';
            default -> '}';
        };
    }

    /** Rows in square brackets, [[1,2],[3,4]], are a matrix. */
    private static Expr matrix(Expr.Group group) {
        List<List<Expr>> rows = new ArrayList<>();
        for (Expr item : group.items()) {
            if (group.open() != '[' || !(item instanceof Expr.Group row) || row.open() != '[') {
                return group;
            }
            rows.add(row.items());
        }
        boolean even = rows.stream().map(List::size).distinct().count() == 1;
        return even && rows.size() > 1 ? new Expr.Matrix(rows) : group;
    }

    private Expr environment(String name) {
        if (name.startsWith("array") || name.startsWith("tabular")) {
            columns();
        }
        List<List<Expr>> rows = new ArrayList<>();
        List<Expr> row = new ArrayList<>();
        while (tokens.peek().type() != TokenType.END) {
            row.add(cell());
            if (tokens.accept("row")) {
                rows.add(row);
                row = new ArrayList<>();
            } else {
                tokens.accept("&");
            }
        }
        tokens.take();
        if (!row.isEmpty()) {
            rows.add(row);
        }
        if (rows.stream().map(List::size).distinct().count() != 1) {
            throw new ParseException("rows of a matrix differ in length");
        }
        Expr matrix = new Expr.Matrix(rows);
        return name.equals("vmatrix") ? new Expr.Call("det", List.of(matrix)) : matrix;
    }

    private Expr cell() {
        List<Expr> items = parser.list();
        if (items.size() != 1) {
            throw new ParseException("several values in a cell");
        }
        return items.get(0);
    }

    /** The column specification of an array. */
    private void columns() {
        tokens.expect(TokenType.BRACE);
        while (tokens.take().type() != TokenType.UNBRACE) {
            if (tokens.isDone()) {
                throw new ParseException("missing } of an array");
            }
        }
    }
}
