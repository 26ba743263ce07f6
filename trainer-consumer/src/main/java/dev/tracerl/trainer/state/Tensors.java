package dev.tracerl.trainer.state;

import dev.tracerl.schemas.weights.WeightBytes;
import java.util.Optional;

/**
 * The trainer's tensors as bytes: in memory or in files, which are open until {@link #close}.
 *
 * @param parameters what was trained, a safetensors file: parameters, or adapters of version 0
 * @param optimizer state of the optimizer; empty if it has none yet
 * @param value those of the value model; absent without one, and before its first step
 */
public record Tensors(WeightBytes parameters, WeightBytes optimizer, Optional<ValueTensors> value)
        implements AutoCloseable {

    /** No tensors. */
    public static final Tensors NONE = new Tensors(WeightBytes.NONE);

    /** The policy's tensors alone. */
    public Tensors(WeightBytes parameters, WeightBytes optimizer) {
        this(parameters, optimizer, Optional.empty());
    }

    /** Parameters alone. */
    public Tensors(WeightBytes parameters) {
        this(parameters, WeightBytes.NONE);
    }

    /** The same with a value model's. */
    public Tensors with(Optional<ValueTensors> other) {
        return new Tensors(parameters, optimizer, other);
    }

    @Override
    public void close() {
        parameters.close();
        optimizer.close();
        value.ifPresent(ValueTensors::close);
    }
}
