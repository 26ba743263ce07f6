package dev.tracerl.schemas.weights;

/** The bytes of a weight version are not what its manifest announces; they must not be used. */
public final class CorruptWeightsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With what is wrong, for a reader of any store. */
    public CorruptWeightsException(String message) {
        super(message);
    }
}
