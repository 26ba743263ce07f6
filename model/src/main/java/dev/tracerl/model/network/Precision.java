package dev.tracerl.model.network;

/**
 * The type of the matrix products. Weights, gradients and optimizer state are kept in float32, and norms, rotations,
 * softmax and loss are computed in it, whatever the precision.
 */
public enum Precision {
    F32(6),
    BF16(15);

    private final int type;

    Precision(int type) {
        this.type = type;
    }

    /** PyTorch's number of the type. */
    public int type() {
        return type;
    }
}
