package dev.tracerl.core.loss;

/** How the terms of one response's tokens are weighted; batches then average over responses. */
public enum LossNormalization {
    /** Every token weighs {@code 1 / L} with one length {@code L} for all responses, as the reference's block models. */
    RESPONSE_LENGTH,
    /** Every token weighs {@code 1 / targets of its response}: the mean over the response's tokens. */
    TARGETS,
    /**
     * The mean over the response's slices of the mean over the slice's tokens. The paper sums over slices; with the mean,
     * a response counts once, however many steps it took.
     */
    STEPS
}
