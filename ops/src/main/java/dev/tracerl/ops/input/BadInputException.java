package dev.tracerl.ops.input;

/** What the user asked for does not exist or cannot be done; the message is one clear sentence that says what to do. */
public final class BadInputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** An exception with a message for the user. */
    public BadInputException(String message) {
        super(message);
    }

    /** An exception with a message for the user and its cause. */
    public BadInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
