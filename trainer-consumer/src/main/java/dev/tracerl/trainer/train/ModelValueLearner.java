package dev.tracerl.trainer.train;

import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.network.ValueParameters;
import dev.tracerl.model.training.ComputeSettings;
import dev.tracerl.model.training.OptimizerSettings;
import dev.tracerl.model.training.ValueLoss;
import dev.tracerl.model.training.ValueTarget;
import dev.tracerl.model.training.ValueTrainer;
import dev.tracerl.trainer.state.Safetensors;
import dev.tracerl.trainer.state.Tensors;
import dev.tracerl.trainer.state.ValueTensors;
import dev.tracerl.trainer.train.ModelLearner.Device;
import java.util.List;

/** A value learner on PyTorch. */
public final class ModelValueLearner implements ValueLearner {

    private final Network network;
    private final ValueTrainer trainer;
    private final double clip;

    private ModelValueLearner(Network network, ValueTrainer trainer, double clip) {
        this.network = network;
        this.trainer = trainer;
        this.clip = clip;
    }

    /**
     * Value learners of one run.
     *
     * @param model shape of the policy's network
     * @param clip how far a value moves freely from the one before the update
     * @param compute how gradients are computed
     */
    public static Factory on(
            Device device, ModelConfig model, OptimizerSettings optimizer, double clip, ComputeSettings compute) {
        return tensors -> {
            Network network = Network.open(device.name(), device.threads());
            ValueTrainer trainer = new ValueTrainer(network, model, first(tensors, model), optimizer, compute);
            tensors.value().ifPresent(value -> trainer.restore(Safetensors.tensors(value.optimizer())));
            return new ModelValueLearner(network, trainer, clip);
        };
    }

    private static ValueParameters first(Tensors tensors, ModelConfig model) {
        return tensors.value()
                .map(value -> ValueParameters.read(Safetensors.tensors(value.parameters()), model))
                .orElseGet(() -> ValueParameters.startingFrom(
                        Parameters.read(Safetensors.tensors(tensors.parameters()), model)));
    }

    @Override
    public float[][] values(List<PackedExample> microBatch) {
        return trainer.values(microBatch);
    }

    @Override
    public ValueLoss accumulate(List<ValueTarget> microBatch, double scale) {
        return trainer.accumulate(microBatch, clip, scale);
    }

    @Override
    public void apply(double learningRate) {
        trainer.apply(learningRate);
    }

    @Override
    public ValueTensors tensors() {
        return new ValueTensors(
                Safetensors.of(trainer.parameters().toSafetensors()), Safetensors.of(trainer.optimizerState()));
    }

    @Override
    public void close() {
        trainer.close();
        network.close();
    }
}
