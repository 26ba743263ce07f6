package dev.tracerl.reward.query;

/** The state cannot be read now: it is being restored, or it is moving to another instance. */
public final class StoresUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoresUnavailableException(String message) {
        super(message);
    }
}
