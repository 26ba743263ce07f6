package dev.tracerl.verifiers.math.parse;

/** A text is not mathematics that the parser knows. */
final class ParseException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ParseException(String reason) {
        super(reason);
    }
}
