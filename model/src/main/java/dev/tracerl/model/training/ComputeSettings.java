package dev.tracerl.model.training;

import dev.tracerl.model.network.Precision;

/**
 * How a gradient is computed; nothing of this changes what is computed.
 *
 * @param precision type of the matrix products
 * @param checkpointing whether only the inputs of layers, and attention's output where its probabilities are not kept, are
 *     kept for the gradient and everything between them is computed again: the same bits with less memory
 * @param attentionBytes attention's probabilities of a micro-batch, in all layers, that may be kept for the gradient; if there
 *     are more, they are computed again tile by tile, which takes the memory of one tile and, for long text, less time than
 *     fetching them
 */
public record ComputeSettings(Precision precision, boolean checkpointing, long attentionBytes) {
    /** What is faster to fetch than to compute again on current processors. */
    private static final long ATTENTION_BYTES = 256L << 20;

    /** With the usual bound on what is kept of attention. */
    public ComputeSettings(Precision precision, boolean checkpointing) {
        this(precision, checkpointing, ATTENTION_BYTES);
    }

    /** Float32, everything kept. */
    public static ComputeSettings standard() {
        return new ComputeSettings(Precision.F32, false);
    }
}
