package dev.tracerl.ops.session;

/** A run failed, or stands still; the message is for the user. */
public final class RunFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With a sentence for the user. */
    public RunFailedException(String message) {
        super(message);
    }
}
