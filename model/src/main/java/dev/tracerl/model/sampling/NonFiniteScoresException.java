package dev.tracerl.model.sampling;

/** The weights give scores that are infinite or not a number, so nothing can be drawn. */
public final class NonFiniteScoresException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private NonFiniteScoresException(String message) {
        super(message);
    }

    static NonFiniteScoresException of(long version) {
        return new NonFiniteScoresException("weights of version " + version + " give scores that are not finite");
    }
}
