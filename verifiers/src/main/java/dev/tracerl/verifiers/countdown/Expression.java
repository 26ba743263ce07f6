package dev.tracerl.verifiers.countdown;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads and evaluates an expression of unsigned integers, + - * / and parentheses, with the usual precedence, in one pass:
 *
 * <pre>
 *   sum     = product (("+" | "-") product)*
 *   product = factor (("*" | "/") factor)*
 *   factor  = number | "(" sum ")"
 * </pre>
 *
 * <p>Blanks may stand between tokens. Text, nesting and numbers are bounded, so that evaluation is.
 */
final class Expression {

    static final int MAX_LENGTH = 512;
    static final int MAX_DEPTH = 32;
    static final int MAX_DIGITS = 9;

    private final String text;
    private final List<Long> numbers = new ArrayList<>();
    private int next;
    private int depth;
    private long operations;

    private Expression(String text) {
        this.text = text;
    }

    /**
     * The outcome of reading an expression.
     *
     * @param value its value
     * @param numbers the numbers it uses, in order of appearance
     * @param operations characters read plus operations carried out
     */
    record Result(Rational value, List<Long> numbers, long operations) {}

    /** Evaluates {@code text}; throws {@link MalformedExpressionException} if it is not an expression with a value. */
    static Result evaluate(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new MalformedExpressionException("expression is longer than " + MAX_LENGTH + " characters");
        }
        Expression expression = new Expression(text);
        Rational value = expression.sum();
        if (expression.peek() != '\0') {
            throw new MalformedExpressionException("unexpected text at " + expression.next);
        }
        return new Result(value, List.copyOf(expression.numbers), text.length() + expression.operations);
    }

    private Rational sum() {
        Rational value = product();
        while (peek() == '+' || peek() == '-') {
            value = apply(value, text.charAt(next++), product());
        }
        return value;
    }

    private Rational product() {
        Rational value = factor();
        while (peek() == '*' || peek() == '/') {
            value = apply(value, text.charAt(next++), factor());
        }
        return value;
    }

    private Rational factor() {
        if (peek() != '(') {
            return number();
        }
        next++;
        if (++depth > MAX_DEPTH) {
            throw new MalformedExpressionException("parentheses are nested deeper than " + MAX_DEPTH);
        }
        Rational value = sum();
        if (peek() != ')') {
            throw new MalformedExpressionException("missing ) at " + next);
        }
        next++;
        depth--;
        return value;
    }

    private Rational number() {
        peek();
        int from = next;
        while (next < text.length() && text.charAt(next) >= '0' && text.charAt(next) <= '9') {
            next++;
        }
        if (next == from || next - from > MAX_DIGITS) {
            throw new MalformedExpressionException("expected a number of at most " + MAX_DIGITS + " digits at " + from);
        }
        long value = Long.parseLong(text.substring(from, next));
        numbers.add(value);
        return Rational.of(value);
    }

    private Rational apply(Rational left, char operator, Rational right) {
        operations++;
        return left.apply(operator, right).orElseThrow(() -> new MalformedExpressionException("division by zero"));
    }

    /** The next character that is not a blank, or NUL at the end. */
    private char peek() {
        while (next < text.length() && text.charAt(next) == ' ') {
            next++;
        }
        return next < text.length() ? text.charAt(next) : '\0';
    }
}
