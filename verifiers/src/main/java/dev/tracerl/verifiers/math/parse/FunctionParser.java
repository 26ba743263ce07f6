package dev.tracerl.verifiers.math.parse;

import dev.tracerl.verifiers.math.tree.Expr;
import dev.tracerl.verifiers.math.tree.Fraction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads functions and commands with arguments. */
final class FunctionParser {

    private static final Set<String> NUMBERS = Set.of("i", "e", "pi");
    private static final Set<String> INVERSE = Set.of("sin", "cos", "tan");

    private final Tokens tokens;
    private final Parser parser;
    private final AtomParser atoms;

    FunctionParser(Tokens tokens, Parser parser, AtomParser atoms) {
        this.tokens = tokens;
        this.parser = parser;
        this.atoms = atoms;
    }

    /** A function, perhaps with a power or a base before its argument: \sin^2 x, \log_2 8. */
    Expr call() {
        String function = tokens.take().text();
        List<Expr> extra = new ArrayList<>();
        if (tokens.accept("_")) {
            extra.add(argument());
        }
        Expr power = null;
        if (tokens.accept("^")) {
            power = tokens.accept("-") ? new Expr.Negative(argument()) : argument();
        }
        List<Expr> arguments = new ArrayList<>(Degrees.radians(function, functionArguments()));
        arguments.addAll(extra);
        if (power instanceof Expr.Negative inverse && INVERSE.contains(function) && isOne(inverse.value())) {
            return new Expr.Call("arc" + function, arguments);
        }
        Expr call = new Expr.Call(function, arguments);
        return power == null ? call : new Expr.Power(call, power);
    }

    private static boolean isOne(Expr value) {
        return value instanceof Expr.Num number && number.value().equals(Fraction.ONE);
    }

    private List<Expr> functionArguments() {
        if (tokens.peek().is(TokenType.OPEN, "(")) {
            tokens.take();
            List<Expr> arguments = parser.list();
            tokens.expect(TokenType.CLOSE);
            return arguments;
        }
        Expr argument = atoms.power();
        while (continues(tokens.peek().type())) {
            argument = new Expr.Product(List.of(argument, atoms.power()));
        }
        return List.of(argument);
    }

    /** What still belongs to an argument without parentheses: \sin 2x. */
    private static boolean continues(TokenType type) {
        return type == TokenType.NUMBER || type == TokenType.NAME;
    }

    /** A command with arguments. */
    Expr command() {
        String name = tokens.take().text();
        return switch (name) {
            case "frac" -> fraction();
            case "sqrt" -> root();
            case "binom" -> new Expr.Call("binom", List.of(argument(), argument()));
            case "sum", "prod" -> series(name);
            case "overline", "bar" -> new Expr.Call("overline", List.of(argument()));
            default -> argument(); // a box
        };
    }

    /**
     * A sum or a product over an index, \sum_{k=0}^n: a function of the index, its first and last value, and a product. An
     * index that is a number elsewhere, as i is, would be computed with.
     */
    private Expr series(String name) {
        boolean bounded = tokens.accept("_") && tokens.peek().type() == TokenType.BRACE;
        if (!bounded
                || !(atomOf() instanceof Expr.Relation from)
                || !from.operators().equals(List.of("="))
                || !(from.terms().get(0) instanceof Expr.Name index)
                || NUMBERS.contains(index.name())
                || !tokens.accept("^")) {
            throw new ParseException("no bounds of a " + name);
        }
        return new Expr.Call(name, List.of(index, from.terms().get(1), argument(), parser.product()));
    }

    private Expr fraction() {
        Expr numerator = argument();
        return new Expr.Quotient(numerator, argument());
    }

    private Expr root() {
        Expr index = null;
        if (tokens.peek().is(TokenType.OPEN, "[")) {
            tokens.take();
            index = parser.sum();
            tokens.expect(TokenType.CLOSE);
        }
        Expr radicand = tokens.peek().type() == TokenType.NUMBER
                ? Numerals.value(tokens.take().text())
                : argument();
        Expr exponent = new Expr.Quotient(
                new Expr.Num(Fraction.ONE, -1), index == null ? new Expr.Num(Fraction.of(2), -1) : index);
        return new Expr.Power(radicand, exponent);
    }

    /** What is in braces, or one character: \frac12 is one half. */
    private Expr argument() {
        return switch (tokens.peek().type()) {
            case NUMBER -> firstDigit();
            case NAME -> new Expr.Name(tokens.take().text());
            case COMMAND -> command();
            case BRACE, OPEN -> atomOf();
            default ->
                throw new ParseException(
                        "expected an argument, found " + tokens.peek().text());
        };
    }

    private Expr firstDigit() {
        Token token = tokens.take();
        if (!Lexer.isDigit(token.text().charAt(0))) {
            throw new ParseException("expected a digit, found " + token.text());
        }
        if (token.text().length() > 1) {
            tokens.putBack(new Token(TokenType.NUMBER, token.text().substring(1), false));
        }
        return Numerals.value(token.text().substring(0, 1));
    }

    private Expr atomOf() {
        tokens.enter();
        Token open = tokens.take();
        List<Expr> items = parser.list();
        tokens.expect(open.type() == TokenType.BRACE ? TokenType.UNBRACE : TokenType.CLOSE);
        tokens.leave();
        if (items.size() != 1) {
            throw new ParseException("several values in an argument");
        }
        return items.get(0);
    }
}
