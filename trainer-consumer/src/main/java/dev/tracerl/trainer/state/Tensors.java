package dev.tracerl.trainer.state;

import java.util.Optional;

/**
 * The trainer's tensors as bytes. Arrays are shared and must not be written.
 *
 * @param parameters what was trained, a safetensors file: parameters, or adapters of version 0
 * @param optimizer state of the optimizer; empty if it has none yet
 * @param value those of the value model; absent without one, and before its first step
 */
public record Tensors(byte[] parameters, byte[] optimizer, Optional<ValueTensors> value) {

    /** No tensors. */
    public static final Tensors NONE = new Tensors(new byte[0], new byte[0]);

    /** The policy's tensors alone. */
    public Tensors(byte[] parameters, byte[] optimizer) {
        this(parameters, optimizer, Optional.empty());
    }

    /** The same with a value model's. */
    public Tensors with(Optional<ValueTensors> other) {
        return new Tensors(parameters, optimizer, other);
    }
}
