package dev.tracerl.model.sampling;

/** The weights give scores that are infinite or not a number, so nothing can be drawn. */
public final class NonFiniteScoresException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NonFiniteScoresException(String message) {
        super(message);
    }
}
