package dev.tracerl.schemas.weights;

/** The bytes of a weight version are not in the store, for instance because the run's weight plan dropped them. */
public final class MissingWeightsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With what is wrong, for a reader of any store. */
    public MissingWeightsException(String message) {
        super(message);
    }
}
