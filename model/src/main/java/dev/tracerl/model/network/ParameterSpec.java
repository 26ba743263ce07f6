package dev.tracerl.model.network;

import java.util.List;

/** Name and shape of a parameter as checkpoints of Hugging Face have them. */
record ParameterSpec(String name, List<Long> shape) {

    static ParameterSpec matrix(String name, long rows, long columns) {
        return new ParameterSpec(name, List.of(rows, columns));
    }

    static ParameterSpec vector(String name, long size) {
        return new ParameterSpec(name, List.of(size));
    }

    /** Number of elements. */
    long size() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }
}
