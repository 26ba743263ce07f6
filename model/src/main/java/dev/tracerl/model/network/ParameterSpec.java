package dev.tracerl.model.network;

import java.util.List;

/** Name and shape of a parameter as checkpoints of Hugging Face have them, and what it is for. */
public record ParameterSpec(String name, List<Long> shape, Role role) {

    /** What decides a parameter's initial value. */
    public enum Role {
        /** Factors of a norm. */
        NORM,
        /** Added to a projection. */
        BIAS,
        /** A projection that writes to the residual stream. */
        RESIDUAL,
        /** Any other matrix. */
        MATRIX
    }

    /** A matrix. */
    public static ParameterSpec matrix(String name, long rows, long columns) {
        return new ParameterSpec(name, List.of(rows, columns), Role.MATRIX);
    }

    /** A projection that writes to the residual stream. */
    public static ParameterSpec residual(String name, long rows, long columns) {
        return new ParameterSpec(name, List.of(rows, columns), Role.RESIDUAL);
    }

    /** Factors of a norm. */
    public static ParameterSpec norm(String name, long size) {
        return new ParameterSpec(name, List.of(size), Role.NORM);
    }

    /** Added to a projection. */
    public static ParameterSpec bias(String name, long size) {
        return new ParameterSpec(name, List.of(size), Role.BIAS);
    }

    /** Size of the first dimension. */
    public long rows() {
        return shape.get(0);
    }

    /** Number of elements. */
    public long size() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }
}
