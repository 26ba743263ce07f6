package dev.tracerl.rollout.run;

/** This service cannot work on the run it was assigned to; the message tells a user why. */
public final class UnsupportedRunException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnsupportedRunException(String message) {
        super(message);
    }

    UnsupportedRunException(String message, Throwable cause) {
        super(message, cause);
    }
}
