package dev.tracerl.trainer.train;

import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.training.ComputeSettings;
import dev.tracerl.model.training.LossSettings;
import dev.tracerl.model.training.OptimizerSettings;
import dev.tracerl.model.training.PolicyTrainer;
import dev.tracerl.model.training.StepLoss;
import dev.tracerl.trainer.state.Tensors;
import java.util.List;

/** A learner on PyTorch. */
public final class ModelLearner implements Learner {

    private final Network network;
    private final PolicyTrainer trainer;
    private final LossSettings loss;

    private ModelLearner(Network network, PolicyTrainer trainer, LossSettings loss) {
        this.network = network;
        this.trainer = trainer;
        this.loss = loss;
    }

    /**
     * Learners of one run.
     *
     * @param loss the loss; its scale is replaced for every minibatch
     * @param compute how gradients are computed
     */
    public static Factory on(
            Device device, ModelConfig model, OptimizerSettings optimizer, LossSettings loss, ComputeSettings compute) {
        return tensors -> {
            Parameters parameters = Parameters.read(tensors.parameters(), model);
            Network network = Network.open(device.name(), device.threads());
            PolicyTrainer trainer = new PolicyTrainer(network, model, parameters, optimizer, compute);
            if (tensors.optimizer().length > 0) {
                trainer.restore(tensors.optimizer());
            }
            return new ModelLearner(network, trainer, loss);
        };
    }

    /**
     * Where a network runs.
     *
     * @param name {@code cpu} or {@code cuda:0}
     * @param threads threads inside operators; the same number gives the same bits
     */
    public record Device(String name, int threads) {}

    @Override
    public StepLoss accumulate(List<PackedExample> microBatch, double scale) {
        return trainer.accumulate(
                microBatch,
                new LossSettings(
                        loss.kind(), loss.clip(), loss.klBeta(), loss.klEstimator(), loss.temperature(), scale));
    }

    @Override
    public double apply(double learningRate) {
        return trainer.apply(learningRate);
    }

    @Override
    public float[][] logProbs(List<PackedExample> microBatch) {
        return trainer.logProbs(microBatch, loss.temperature());
    }

    @Override
    public Tensors tensors() {
        return new Tensors(trainer.parameters().toSafetensors(), trainer.optimizerState());
    }

    @Override
    public void close() {
        trainer.close();
        network.close();
    }
}
