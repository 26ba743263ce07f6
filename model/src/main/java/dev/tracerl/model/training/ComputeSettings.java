package dev.tracerl.model.training;

import dev.tracerl.model.network.Precision;

/**
 * How a gradient is computed; neither changes what is computed.
 *
 * @param precision type of the matrix products
 * @param checkpointing whether only the inputs of layers are kept for the gradient and everything between them is
 *     computed again: the same bits with less memory, in about a third more time
 */
public record ComputeSettings(Precision precision, boolean checkpointing) {

    /** Float32, everything kept. */
    public static ComputeSettings standard() {
        return new ComputeSettings(Precision.F32, false);
    }
}
