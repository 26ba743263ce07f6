package dev.tracerl.verifiers.math.symbolic;

/** A symbolic comparison took too long. */
public final class SymbolicTimeoutException extends RuntimeException {

    private static final long serialVersionUID = 1;

    SymbolicTimeoutException(String reason) {
        super(reason);
    }
}
