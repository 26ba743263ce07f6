package dev.tracerl.model.network;

import dev.tracerl.model.torch.Call;
import dev.tracerl.model.torch.Tensor;
import dev.tracerl.model.torch.TensorScope;
import java.util.List;

/** What every call of the network's program needs besides its own arguments, as kept tensors. */
public final class Prepared implements AutoCloseable {
    private final ModelConfig config;
    private final Tensor rotations;
    private final Precision precision;
    private final Tensor shape;

    /** Rotations and shape of a configuration, for float32. */
    public Prepared(Network network, ModelConfig config) {
        this(network, config, Precision.F32);
    }

    /** Rotations and shape of a configuration. */
    public Prepared(Network network, ModelConfig config, Precision precision) {
        this.config = config;
        this.precision = precision;
        try (TensorScope scope = network.program().scope()) {
            this.rotations = scope.keep(Rotations.of(config, scope));
            this.shape = scope.keep(scope.hostInts(
                    config.layers(),
                    config.heads(),
                    config.keyValueHeads(),
                    config.headDim(),
                    config.queryKeyNorm() ? 1 : 0,
                    config.attentionBias() ? 1 : 0,
                    precision == Precision.BF16 ? 1 : 0));
        }
    }

    /** Rotary positions, the {@code rotations} of the program. */
    public Tensor rotations() {
        return rotations;
    }

    /** The {@code config} of the program. */
    public Tensor shape() {
        return shape;
    }

    /** Weights in the form in which the program computes without gradients; they belong to the scope. */
    public List<Tensor> weights(List<Tensor> parameters, TensorScope scope) {
        return scope.run(Call.inference("prepare").with(parameters).with(rotations, shape));
    }

    /** The configuration. */
    public ModelConfig config() {
        return config;
    }

    /** The type of the matrix products. */
    public Precision precision() {
        return precision;
    }

    @Override
    public void close() {
        rotations.close();
        shape.close();
    }
}
