package dev.tracerl.trainer.replay;

/** The recorded steps cannot be trained again; the message says why and what to do. */
public final class ReplayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ReplayException(String message) {
        super(message);
    }
}
