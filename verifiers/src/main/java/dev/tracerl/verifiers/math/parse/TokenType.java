package dev.tracerl.verifiers.math.parse;

/** Kinds of tokens. */
enum TokenType {
    NUMBER,
    NAME,
    FUNCTION,
    /** A word of several letters without a command. */
    WORD,
    /** Words in a text command. */
    TEXT,
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
