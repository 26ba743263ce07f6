package dev.tracerl.verifiers.math.parse;

import java.util.ArrayList;
import java.util.List;

/** The tokens that are left to read, and how deep the reader is. */
final class Tokens {

    private static final int MAX_DEPTH = 60;

    private final List<Token> tokens;
    private int next;
    private int depth;
    private boolean inBars;

    Tokens(List<Token> tokens) {
        this.tokens = new ArrayList<>(tokens);
    }

    Token peek() {
        return tokens.get(next);
    }

    Token peekAfter() {
        return tokens.get(Math.min(next + 1, tokens.size() - 1));
    }

    Token take() {
        Token token = tokens.get(next);
        if (token.type() != TokenType.DONE) {
            next++;
        }
        return token;
    }

    /** Takes the operator if it is next. */
    boolean accept(String operator) {
        boolean found = peek().isOperator(operator);
        next += found ? 1 : 0;
        return found;
    }

    /** Takes a token of the type, which must be next. */
    Token expect(TokenType type) {
        Token token = take();
        if (token.type() != type) {
            throw new ParseException("expected " + type + ", found " + token.text());
        }
        return token;
    }

    /** Puts the rest of a token back that was used in part. */
    void putBack(Token token) {
        tokens.add(next, token);
    }

    int mark() {
        return next;
    }

    void reset(int mark) {
        next = mark;
    }

    void enter() {
        if (++depth > MAX_DEPTH) {
            throw new ParseException("nested deeper than " + MAX_DEPTH);
        }
    }

    void leave() {
        depth--;
    }

    /** Whether the next bar can only close the last one. */
    boolean isInBars() {
        return inBars;
    }

    /** Sets whether a bar is open, and returns whether one was. */
    boolean bars(boolean open) {
        boolean before = inBars;
        inBars = open;
        return before;
    }

    boolean isDone() {
        return peek().type() == TokenType.DONE;
    }
}
