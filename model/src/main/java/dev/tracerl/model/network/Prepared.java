package dev.tracerl.model.network;

import dev.tracerl.model.torch.Call;
import dev.tracerl.model.torch.Tensor;
import dev.tracerl.model.torch.TensorScope;
import java.util.List;

/** What every call of the network's program needs besides its own arguments, as kept tensors. */
public final class Prepared implements AutoCloseable {
    private final ModelConfig config;
    private final List<Tensor> tables;
    private final Tensor shape;

    /** Tables and shape of a configuration. */
    public Prepared(Network network, ModelConfig config) {
        this.config = config;
        try (TensorScope scope = network.program().scope()) {
            this.tables = scope.keep(RotaryTables.of(config, scope));
            this.shape = scope.keep(scope.hostInts(
                    config.layers(),
                    config.heads(),
                    config.keyValueHeads(),
                    config.headDim(),
                    config.queryKeyNorm() ? 1 : 0,
                    config.attentionBias() ? 1 : 0));
        }
    }

    /** Rotary tables, the {@code tables} of the program. */
    public List<Tensor> tables() {
        return tables;
    }

    /** The {@code config} of the program. */
    public Tensor shape() {
        return shape;
    }

    /** Weights in the form in which the program computes without gradients; they belong to the scope. */
    public List<Tensor> weights(List<Tensor> parameters, TensorScope scope) {
        return scope.run(Call.inference("prepare").with(parameters).with(tables).with(shape));
    }

    /** The configuration. */
    public ModelConfig config() {
        return config;
    }

    @Override
    public void close() {
        tables.forEach(Tensor::close);
        shape.close();
    }
}
