package dev.tracerl.verifiers.math.parse;

/**
 * A piece of an answer.
 *
 * @param type what it is
 * @param text which one it is: digits, a name, an operator in the lexer's spelling
 * @param spaced whether a blank stands before it
 */
record Token(TokenType type, String text, boolean spaced) {

    boolean is(TokenType wanted, String value) {
        return type == wanted && text.equals(value);
    }

    boolean isOperator(String value) {
        return is(TokenType.OPERATOR, value);
    }
}
