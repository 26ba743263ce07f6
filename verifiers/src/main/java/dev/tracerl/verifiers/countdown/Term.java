package dev.tracerl.verifiers.countdown;

import java.util.Optional;

/**
 * An expression under construction.
 *
 * @param text with parentheses only where they are needed
 * @param value not negative
 * @param operator the outermost operator, or a blank for a number
 */
record Term(String text, int value, char operator) {

    static Term number(int value) {
        return new Term(String.valueOf(value), value, ' ');
    }

    /** This and another joined, the larger first in a difference; empty for a division that does not come out even. */
    Optional<Term> join(char operator, Term other) {
        if (operator == '-' && value < other.value) {
            return other.join(operator, this);
        }
        return switch (operator) {
            case '+' -> Optional.of(joined(operator, other, value + other.value));
            case '-' -> Optional.of(joined(operator, other, value - other.value));
            case '*' -> Optional.of(joined(operator, other, value * other.value));
            case '/' ->
                other.value == 0 || value % other.value != 0
                        ? Optional.empty()
                        : Optional.of(joined(operator, other, value / other.value));
            default -> throw new IllegalArgumentException("operator is " + operator + ", must be one of + - * /");
        };
    }

    private Term joined(char operator, Term other, int value) {
        boolean leftLoose = binds(operator) && isSum();
        boolean rightLoose = operator == '/' ? other.operator != ' ' : operator != '+' && other.isSum();
        return new Term(enclosed(leftLoose) + operator + other.enclosed(rightLoose), value, operator);
    }

    private String enclosed(boolean needed) {
        return needed ? "(" + text + ")" : text;
    }

    private boolean isSum() {
        return operator == '+' || operator == '-';
    }

    private static boolean binds(char operator) {
        return operator == '*' || operator == '/';
    }
}
