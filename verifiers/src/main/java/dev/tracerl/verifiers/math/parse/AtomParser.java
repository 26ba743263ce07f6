package dev.tracerl.verifiers.math.parse;

import dev.tracerl.verifiers.math.tree.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads numbers, names, brackets, fractions and roots with what is attached to them. */
final class AtomParser {

    private static final Set<String> FUNCTION_NAMES = Set.of("f", "g", "h");

    private final Tokens tokens;
    private final BracketParser brackets;
    private final FunctionParser functions;
    private final BarParser bars;

    AtomParser(Tokens tokens, Parser parser) {
        this.tokens = tokens;
        this.brackets = new BracketParser(tokens, parser);
        this.functions = new FunctionParser(tokens, parser, this);
        this.bars = new BarParser(tokens, parser, this);
    }

    /** Whether a factor can start here without an operator before it. */
    boolean startsHere() {
        if (tokens.peek().isOperator("|")) {
            return bars.mayOpen();
        }
        return switch (tokens.peek().type()) {
            case NUMBER, NAME, FUNCTION, OPEN, BRACE, BEGIN, COMMAND -> true;
            case WORD -> Units.isProduct(tokens.peek().text());
            case TEXT, OPERATOR, CLOSE, UNBRACE, END, DONE -> false;
        };
    }

    /** A whole number before a fraction of whole numbers is a mixed number: 3 1/2, 3\frac{1}{2}. */
    Expr mixedOrPower() {
        boolean numeral = tokens.peek().type() == TokenType.NUMBER;
        Expr first = power();
        return numeral && first instanceof Expr.Num whole && whole.digits() < 0 ? mixed(whole) : first;
    }

    private Expr mixed(Expr.Num whole) {
        if (tokens.peek().is(TokenType.COMMAND, "frac")) {
            int mark = tokens.mark();
            Expr fraction = power();
            if (fraction instanceof Expr.Percent percent) {
                return new Expr.Percent(mixed(whole, percent.value()));
            } else if (fraction instanceof Expr.Quantity quantity) {
                return new Expr.Quantity(mixed(whole, quantity.value()), quantity.unit());
            } else if (fraction instanceof Expr.Quotient quotient && isProper(quotient)) {
                return mixed(whole, fraction);
            }
            tokens.reset(mark);
        } else if (tokens.peek().type() == TokenType.NUMBER
                && tokens.peekAfter().isOperator("/")) {
            return plainMixed(whole);
        }
        return whole;
    }

    private static Expr mixed(Expr whole, Expr fraction) {
        if (!(fraction instanceof Expr.Quotient quotient) || !isProper(quotient)) {
            throw new ParseException("no mixed number");
        }
        return new Expr.Sum(List.of(whole, fraction));
    }

    private Expr plainMixed(Expr.Num whole) {
        Expr numerator = power();
        tokens.accept("/");
        Expr denominator = power();
        if (tokens.peek().type() == TokenType.NUMBER) {
            throw new ParseException("three numbers side by side");
        }
        return denominator instanceof Expr.Percent percent
                ? new Expr.Percent(mixed(whole, new Expr.Quotient(numerator, percent.value())))
                : mixed(whole, new Expr.Quotient(numerator, denominator));
    }

    private static boolean isProper(Expr.Quotient quotient) {
        return quotient.numerator() instanceof Expr.Num top
                && quotient.denominator() instanceof Expr.Num bottom
                && top.digits() < 0
                && bottom.digits() < 0
                && top.value().compareTo(bottom.value()) < 0;
    }

    /** An atom with exponents, factorials, percent signs and degrees. */
    Expr power() {
        tokens.enter();
        Expr value = atom();
        while (true) {
            if (tokens.peek().isOperator("^")) {
                tokens.take();
                value = raised(value);
            } else if (tokens.accept("!")) {
                value = new Expr.Call("factorial", List.of(value));
            } else if (tokens.accept("%")) {
                value = new Expr.Percent(value);
            } else if (tokens.accept("circ")) {
                value = new Expr.Quantity(value, "degree");
            } else {
                tokens.leave();
                return value;
            }
        }
    }

    private Expr raised(Expr base) {
        if (tokens.accept("circ")) {
            return new Expr.Quantity(base, "degree");
        }
        if (tokens.peek().type() == TokenType.BRACE && tokens.peekAfter().isOperator("circ")) {
            tokens.take();
            tokens.take();
            tokens.expect(TokenType.UNBRACE);
            return new Expr.Quantity(base, "degree");
        }
        if (tokens.accept("-")) {
            return new Expr.Power(base, new Expr.Negative(atom()));
        }
        Expr exponent = atom();
        return new Expr.Power(base, tokens.accept("^") ? raisedExponent(exponent) : exponent);
    }

    /** Towers associate to the right. */
    private Expr raisedExponent(Expr base) {
        return new Expr.Power(base, atom());
    }

    private Expr atom() {
        Token token = tokens.peek();
        return switch (token.type()) {
            case NUMBER -> number();
            case NAME -> name();
            case WORD -> word();
            case TEXT -> Units.text(tokens.take().text(), tokens);
            case FUNCTION -> functions.call();
            case COMMAND -> functions.command();
            case OPEN, BRACE, BEGIN -> brackets.read();
            case OPERATOR -> bars.read();
            case CLOSE, UNBRACE, END, DONE -> throw new ParseException("unexpected " + token.text());
        };
    }

    private Expr number() {
        Token token = tokens.take();
        Expr.Num value = Numerals.value(token.text());
        if (tokens.peek().isOperator("_")) {
            return new Expr.Name(token.text() + subscript());
        }
        if (tokens.peek().is(TokenType.COMMAND, "overline") && value.digits() >= 0) {
            return repeating(value);
        }
        return value;
    }

    private Expr repeating(Expr.Num start) {
        tokens.take();
        tokens.expect(TokenType.BRACE);
        String digits = tokens.expect(TokenType.NUMBER).text();
        tokens.expect(TokenType.UNBRACE);
        return Numerals.repeating(start, digits);
    }

    private Expr name() {
        String name = tokens.take().text();
        StringBuilder primes = new StringBuilder(name);
        if (tokens.peek().isOperator("_")) {
            primes.append(subscript());
        }
        while (tokens.accept("'")) {
            primes.append('\'');
        }
        boolean call = FUNCTION_NAMES.contains(name) && tokens.peek().is(TokenType.OPEN, "(");
        return call ? new Expr.Call(primes.toString(), brackets.arguments()) : new Expr.Name(primes.toString());
    }

    /** Words of two or three letters that are no units are products of variables. */
    private Expr word() {
        String word = tokens.take().text();
        if (!Units.isProduct(word)) {
            return Units.text(word, tokens);
        }
        List<Expr> factors = new ArrayList<>();
        word.chars().forEach(c -> factors.add(new Expr.Name(String.valueOf((char) c))));
        return new Expr.Product(factors);
    }

    /** A subscript, as text: x_1, x_{12}, 204_{five}. */
    String subscript() {
        tokens.accept("_");
        if (tokens.peek().type() != TokenType.BRACE) {
            return "_" + tokens.take().text();
        }
        tokens.take();
        StringBuilder text = new StringBuilder("_");
        while (tokens.peek().type() != TokenType.UNBRACE) {
            if (tokens.isDone()) {
                throw new ParseException("missing } of a subscript");
            }
            text.append(tokens.take().text());
        }
        tokens.take();
        return text.toString();
    }
}
