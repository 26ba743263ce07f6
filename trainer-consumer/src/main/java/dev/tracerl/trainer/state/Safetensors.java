package dev.tracerl.trainer.state;

import dev.tracerl.model.safetensors.TensorBytes;
import dev.tracerl.schemas.weights.WeightBytes;

/** A model's tensors are the bytes that are stored and published, without a copy. */
public final class Safetensors {

    private Safetensors() {}

    /** Tensors to store. */
    public static WeightBytes of(TensorBytes tensors) {
        return WeightBytes.of(tensors.size(), tensors::read);
    }

    /** Stored bytes as tensors; valid until the bytes are closed. */
    public static TensorBytes tensors(WeightBytes bytes) {
        return TensorBytes.of(bytes.size(), bytes::read);
    }
}
