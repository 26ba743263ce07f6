package dev.tracerl.verifiers.math.parse;

/** Kinds of tokens. */
enum TokenType {
    NUMBER,
    NAME,
    FUNCTION,
    /** Text that is not mathematics: in a text command, or a word of several letters. */
    WORD,
    OPERATOR,
    OPEN,
    CLOSE,
    /** A brace that groups. */
    BRACE,
    UNBRACE,
    BEGIN,
    END,
    /** A command with arguments: frac, sqrt, binom, overline. */
    COMMAND,
    DONE
}
