package dev.tracerl.model.training;

import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.network.Precision;
import dev.tracerl.model.network.Prepared;
import dev.tracerl.model.torch.Call;
import dev.tracerl.model.torch.Tensor;
import dev.tracerl.model.torch.TensorScope;
import java.util.List;

/** A policy that is evaluated but not trained: it has no gradient and no optimizer. Serves one thread. */
public final class FrozenPolicy implements AutoCloseable {
    private final Network network;
    private final ModelConfig config;
    private final Prepared prepared;
    private final List<Tensor> weights;

    /**
     * A copy of parameters.
     *
     * @param precision type of the matrix products
     */
    public FrozenPolicy(Network network, ModelConfig config, Parameters parameters, Precision precision) {
        this.network = network;
        this.config = config;
        this.prepared = new Prepared(network, config, precision);
        try (TensorScope scope = network.program().scope()) {
            List<Tensor> copies = scope.keep(scope.run(Call.inference("copies").with(parameters.views(scope))));
            this.weights = scope.keep(prepared.weights(copies, scope));
            copies.forEach(Tensor::close);
        }
    }

    /** As {@link PolicyTrainer#logProbs}. */
    public float[][] logProbs(List<PackedExample> examples, double temperature) {
        PackedBatch batch = new PackedBatch(examples);
        if (batch.targets() == 0) {
            return batch.byExample(new float[0]);
        }
        try (TensorScope scope = network.program().scope()) {
            Tensor settings = scope.hostDoubles(config.normEpsilon(), 1, 0, 0, 3, temperature, 1, config.maskTokenId());
            float[] all = scope.run(Call.inference("log_probs")
                            .with(weights)
                            .with(batch.tensors(scope))
                            .with(prepared.shape(), settings))
                    .get(0)
                    .floats();
            return batch.byExample(all);
        }
    }

    @Override
    public void close() {
        weights.forEach(Tensor::close);
        prepared.close();
    }
}
