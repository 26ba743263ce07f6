package dev.tracerl.trainer.train;

import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.model.adapter.Adapters;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.training.ComputeSettings;
import dev.tracerl.model.training.LossSettings;
import dev.tracerl.model.training.OptimizerSettings;
import dev.tracerl.model.training.PolicyTrainer;
import dev.tracerl.model.training.StepLoss;
import dev.tracerl.model.training.Trainable;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.trainer.state.Safetensors;
import dev.tracerl.trainer.state.Tensors;
import java.util.List;
import java.util.function.Supplier;

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
    public static Factory on(Device device, Subject subject, LossSettings loss, ComputeSettings compute) {
        return tensors -> {
            Parameters parameters = Parameters.read(Safetensors.tensors(subject.parameters(tensors)), subject.config());
            Network network = Network.open(device.name(), device.threads());
            PolicyTrainer trainer = new PolicyTrainer(
                    network, subject.config(), parameters, subject.optimizer(), compute, subject.trainable());
            if (subject.resumesAdapters(tensors)) {
                trainer.restore(Adapters.read(Safetensors.tensors(tensors.parameters()), subject.config()));
            }
            if (tensors.optimizer().size() > 0) {
                trainer.restore(Safetensors.tensors(tensors.optimizer()));
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

    /**
     * What is trained and how. The first tensors of a run are all parameters; if adapters are trained, later ones are the
     * adapters.
     *
     * @param config shape of the network
     * @param optimizer settings of AdamW
     * @param trainable what of the network is trained
     * @param base reads the parameters that adapters belong to, a safetensors file
     */
    public record Subject(
            ModelConfig config, OptimizerSettings optimizer, Trainable trainable, Supplier<WeightBytes> base) {

        private boolean resumesAdapters(Tensors tensors) {
            return trainable instanceof Trainable.Adapted && tensors.optimizer().size() > 0;
        }

        private WeightBytes parameters(Tensors tensors) {
            return resumesAdapters(tensors) ? base.get() : tensors.parameters();
        }
    }

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
    public WeightBytes parameters() {
        return Safetensors.of(trainer.adapters()
                .map(Adapters::toSafetensors)
                .orElseGet(() -> trainer.parameters().toSafetensors()));
    }

    @Override
    public Tensors tensors() {
        return new Tensors(parameters(), Safetensors.of(trainer.optimizerState()));
    }

    @Override
    public void close() {
        trainer.close();
        network.close();
    }
}
