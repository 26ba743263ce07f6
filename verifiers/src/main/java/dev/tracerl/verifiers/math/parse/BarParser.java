package dev.tracerl.verifiers.math.parse;

import dev.tracerl.verifiers.math.tree.Expr;
import java.util.List;

/** Reads absolute values. A bar opens or closes; what could be either is not read. */
final class BarParser {

    private final Tokens tokens;
    private final Parser parser;
    private final AtomParser atoms;

    /** Whether a factor stood right after a bar that was taken for a closing one: |2|x|-1| is none of |2| and |-1|. */
    private boolean isAmbiguous;

    BarParser(Tokens tokens, Parser parser, AtomParser atoms) {
        this.tokens = tokens;
        this.parser = parser;
        this.atoms = atoms;
    }

    /** Whether the next bar, after a factor, opens: 2|x|. */
    boolean mayOpen() {
        Token after = tokens.peekAfter();
        return !tokens.isInBars() && !isAmbiguous && !after.isOperator("-") && !after.isOperator("+");
    }

    Expr read() {
        Token token = tokens.peek();
        if (!tokens.accept("|")) {
            throw new ParseException("unexpected " + token.text());
        }
        boolean outer = tokens.bars(true);
        Expr inner = parser.sum();
        tokens.bars(outer);
        if (!tokens.accept("|")) {
            throw new ParseException("missing |");
        }
        isAmbiguous |= !tokens.peek().isOperator("|") && atoms.startsHere();
        return new Expr.Call("abs", List.of(inner));
    }
}
