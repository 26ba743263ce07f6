package dev.tracerl.model.network;

import java.util.List;

/** Name and shape of a parameter as checkpoints of Hugging Face have them, and what it is for. */
record ParameterSpec(String name, List<Long> shape, Role role) {

    /** What decides a parameter's initial value. */
    enum Role {
        /** Factors of a norm. */
        NORM,
        /** Added to a projection. */
        BIAS,
        /** A projection that writes to the residual stream. */
        RESIDUAL,
        /** Any other matrix. */
        MATRIX
    }

    static ParameterSpec matrix(String name, long rows, long columns) {
        return new ParameterSpec(name, List.of(rows, columns), Role.MATRIX);
    }

    static ParameterSpec residual(String name, long rows, long columns) {
        return new ParameterSpec(name, List.of(rows, columns), Role.RESIDUAL);
    }

    static ParameterSpec norm(String name, long size) {
        return new ParameterSpec(name, List.of(size), Role.NORM);
    }

    static ParameterSpec bias(String name, long size) {
        return new ParameterSpec(name, List.of(size), Role.BIAS);
    }

    /** Number of elements. */
    long size() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }
}
