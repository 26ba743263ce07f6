package dev.tracerl.model.training;

import java.util.List;

/** Loss or gradient is infinite or not a number; nothing was changed. */
public final class NonFiniteLossException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Integer> examples;

    NonFiniteLossException(String message, List<Integer> examples) {
        super(message);
        this.examples = examples;
    }

    /** Indices within the micro-batch of the examples at fault; empty if the gradient as a whole is. */
    public List<Integer> examples() {
        return examples;
    }
}
