package dev.tracerl.trainer.state;

import dev.tracerl.schemas.weights.WeightBytes;

/**
 * What a run begins with.
 *
 * @param tensors its first weights, and the state of the optimizer and the value model if it goes on with another run's
 * @param updates optimizer updates that led there; the learning-rate schedule counts on from them
 */
public record Beginning(Tensors tensors, long updates) implements AutoCloseable {

    /** Weights, to be trained by a fresh optimizer. */
    public static Beginning of(WeightBytes parameters) {
        return new Beginning(new Tensors(parameters), 0);
    }

    @Override
    public void close() {
        tensors.close();
    }
}
