package dev.tracerl.ops.verify;

/** A line of a file cannot be used; the message says why. */
final class BadLineException extends RuntimeException {

    private static final long serialVersionUID = 1;

    BadLineException(String reason) {
        super(reason);
    }
}
