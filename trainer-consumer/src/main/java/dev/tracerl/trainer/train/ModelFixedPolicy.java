package dev.tracerl.trainer.train;

import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.network.Precision;
import dev.tracerl.model.training.FrozenPolicy;
import dev.tracerl.trainer.state.Safetensors;
import java.util.List;

/** A fixed policy on PyTorch. */
public final class ModelFixedPolicy implements FixedPolicy {

    private final Network network;
    private final FrozenPolicy policy;
    private final double temperature;

    private ModelFixedPolicy(Network network, FrozenPolicy policy, double temperature) {
        this.network = network;
        this.policy = policy;
        this.temperature = temperature;
    }

    /**
     * Fixed policies of one run.
     *
     * @param temperature the scores are divided by it, as in training
     * @param precision type of the matrix products, as in training
     */
    public static Factory on(ModelLearner.Device device, ModelConfig model, double temperature, Precision precision) {
        return parameters -> {
            Network network = Network.open(device.name(), device.threads());
            FrozenPolicy policy = new FrozenPolicy(
                    network, model, Parameters.read(Safetensors.tensors(parameters), model), precision);
            return new ModelFixedPolicy(network, policy, temperature);
        };
    }

    @Override
    public float[][] logProbs(List<PackedExample> microBatch) {
        return policy.logProbs(microBatch, temperature);
    }

    @Override
    public void close() {
        policy.close();
        network.close();
    }
}
