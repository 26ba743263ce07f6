package dev.tracerl.verifiers.math.tree;

/** A bound on size or operations was reached. */
public final class TooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public TooLargeException(String reason) {
        super(reason);
    }
}
