package dev.tracerl.model.selfcheck;

/** Reference vectors that cannot be checked; the message names the file. */
public final class SelfCheckException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SelfCheckException(String message) {
        super(message);
    }

    SelfCheckException(String message, Throwable cause) {
        super(message, cause);
    }
}
