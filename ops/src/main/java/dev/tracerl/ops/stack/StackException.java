package dev.tracerl.ops.stack;

/** The stack cannot be started or used; the message is one clear sentence for the user. */
public final class StackException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** An exception with a message for the user. */
    public StackException(String message) {
        super(message);
    }

    /** An exception with a message for the user and its cause for the log. */
    public StackException(String message, Throwable cause) {
        super(message, cause);
    }
}
