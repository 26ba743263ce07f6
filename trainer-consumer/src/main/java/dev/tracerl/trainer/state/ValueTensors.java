package dev.tracerl.trainer.state;

import dev.tracerl.schemas.weights.WeightBytes;

/**
 * The tensors of a value model as bytes: in memory or in files, which are open until {@link #close}.
 *
 * @param parameters a safetensors file
 * @param optimizer state of the optimizer
 */
public record ValueTensors(WeightBytes parameters, WeightBytes optimizer) implements AutoCloseable {

    @Override
    public void close() {
        parameters.close();
        optimizer.close();
    }
}
