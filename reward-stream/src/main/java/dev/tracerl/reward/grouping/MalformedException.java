package dev.tracerl.reward.grouping;

/** A record decodes, but its content contradicts the contract. */
final class MalformedException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    MalformedException(String problem) {
        super(problem);
    }
}
