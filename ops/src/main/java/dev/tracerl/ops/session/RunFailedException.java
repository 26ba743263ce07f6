package dev.tracerl.ops.session;

/** A run failed; the message is for the user. */
public final class RunFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RunFailedException(String message) {
        super(message);
    }
}
