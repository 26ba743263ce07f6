package dev.tracerl.rollout.weights;

/** A version of the weights cannot be used; the message says why. */
final class UnusableWeightsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusableWeightsException(String message) {
        super(message);
    }

    UnusableWeightsException(String message, Throwable cause) {
        super(message, cause);
    }
}
