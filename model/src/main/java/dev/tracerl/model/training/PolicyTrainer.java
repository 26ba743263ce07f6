package dev.tracerl.model.training;

import dev.tracerl.core.loss.KlEstimator;
import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.model.adapter.Adapters;
import dev.tracerl.model.network.HostTensors;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.network.Prepared;
import dev.tracerl.model.safetensors.NamedTensor;
import dev.tracerl.model.safetensors.TensorBytes;
import dev.tracerl.model.torch.Call;
import dev.tracerl.model.torch.Tensor;
import dev.tracerl.model.torch.TensorScope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network being trained: its parameters, and gradient and optimizer state of those that are trained. A step is any
 * number of {@link #accumulate}, then one {@link #apply}. The same calls with the same inputs give the same bits. Serves
 * one thread, which is the network's.
 */
public final class PolicyTrainer implements AutoCloseable {
    private final Network network;
    private final ModelConfig config;
    private final OptimizerSettings optimizer;
    private final ComputeSettings compute;
    private final Prepared prepared;
    private final List<Tensor> parameters;
    private final Trainable trainable;
    private final TrainedTensors trained;

    /** Trains all of a copy of {@code initial} with fresh optimizer state. */
    public PolicyTrainer(Network network, ModelConfig config, Parameters initial, OptimizerSettings optimizer) {
        this(network, config, initial, optimizer, ComputeSettings.standard());
    }

    /** The same with a choice of how gradients are computed. */
    public PolicyTrainer(
            Network network,
            ModelConfig config,
            Parameters initial,
            OptimizerSettings optimizer,
            ComputeSettings compute) {
        this(network, config, initial, optimizer, compute, new Trainable.All());
    }

    /** Trains a part of a copy of {@code initial} with fresh optimizer state. */
    public PolicyTrainer(
            Network network,
            ModelConfig config,
            Parameters initial,
            OptimizerSettings optimizer,
            ComputeSettings compute,
            Trainable trainable) {
        this.network = network;
        this.config = config;
        this.optimizer = optimizer;
        this.compute = compute;
        this.trainable = trainable;
        this.prepared = new Prepared(network, config, compute.precision());
        try (TensorScope scope = network.program().scope()) {
            this.parameters = scope.keep(scope.run(Call.inference("copies").with(initial.views(scope))));
        }
        this.trained = TrainedTensors.of(network, config, parameters, trainable);
    }

    /**
     * Adds the gradient of the loss over a micro-batch. Examples of similar length are computed together, others side by
     * side without padding; about 4,000 rows at a time are fast on a CPU.
     *
     * @throws NonFiniteLossException naming the examples at fault; the gradient is as before
     */
    public StepLoss accumulate(List<PackedExample> microBatch, LossSettings settings) {
        PackedBatch batch = new PackedBatch(microBatch);
        if (batch.targets() == 0) {
            return StepLoss.none();
        }
        try (TensorScope scope = network.program().scope()) {
            List<Tensor> results = scope.run(Call.training("accumulate")
                    .with(parameters)
                    .with(trained.values())
                    .with(trained.gradients())
                    .with(batch.tensors(scope))
                    .with(batch.values(scope), prepared.rotations(), prepared.shape())
                    .with(hyper(scope, settings), trained.plan()));
            return stepLoss(batch, results.get(0).doubles(), results.get(1));
        }
    }

    private StepLoss stepLoss(PackedBatch batch, double[] sums, Tensor bad) {
        if (!Double.isFinite(sums[0] + sums[1])) {
            List<Integer> examples = batch.examplesOf(bad.ints());
            throw new NonFiniteLossException(
                    "loss is " + (sums[0] + sums[1]) + " in examples " + examples + " of the micro-batch", examples);
        }
        int targets = batch.targets();
        return new StepLoss(
                sums[0] + sums[1],
                sums[0],
                sums[1],
                sums[2] / targets,
                sums[3] / targets,
                sums[4] / targets,
                sums[5] / targets,
                targets);
    }

    /**
     * Clips the accumulated gradient, takes an optimizer step and clears the gradient.
     *
     * @return the gradient's global norm before clipping
     * @throws NonFiniteLossException if the norm is not finite; nothing was changed
     */
    public double apply(double learningRate) {
        try (TensorScope scope = network.program().scope()) {
            double norm = trained.adam().step(scope, trained.values(), trained.gradients(), optimizer, learningRate);
            if (!Double.isFinite(norm)) {
                throw new NonFiniteLossException("the gradient's norm is " + norm, List.of());
            }
            return norm;
        }
    }

    /**
     * Log-probabilities of the labels under the current parameters; the examples are one micro-batch.
     *
     * @param temperature the scores are divided by it, as when sampling
     * @return for each example one per target, aligned with {@link PackedExample#targets}
     */
    public float[][] logProbs(List<PackedExample> examples, double temperature) {
        PackedBatch batch = new PackedBatch(examples);
        if (batch.targets() == 0) {
            return batch.byExample(new float[0]);
        }
        try (TensorScope scope = network.program().scope()) {
            return batch.byExample(run(scope, "log_probs", batch, temperature).floats());
        }
    }

    /** Scores of every target over the vocabulary, {@code (M, V)}; for comparison with other implementations. */
    public float[] targetScores(List<PackedExample> examples) {
        try (TensorScope scope = network.program().scope()) {
            return run(scope, "target_scores", new PackedBatch(examples), 1).floats();
        }
    }

    /** A copy of the accumulated gradient in checkpoint layout, zero for what is frozen. */
    public Parameters gradient() {
        Map<String, NamedTensor> known = new HashMap<>();
        trainedGradient().tensors().forEach(tensor -> known.put(tensor.name(), tensor));
        return Parameters.filled(config, (spec, from, target) -> {
            NamedTensor gradient = known.get(spec.name());
            if (gradient != null) {
                gradient.read(from, target);
            }
        });
    }

    /** A copy of the accumulated gradient of what is trained. */
    HostTensors trainedGradient() {
        return trained.gradient();
    }

    private Tensor run(TensorScope scope, String method, PackedBatch batch, double temperature) {
        LossSettings settings = LossSettings.crossEntropy(1).withTemperature(temperature);
        return scope.run(Call.inference(method)
                        .with(prepared.weights(current(scope), scope))
                        .with(batch.tensors(scope))
                        .with(prepared.shape(), hyper(scope, settings)))
                .get(0);
    }

    private Tensor hyper(TensorScope scope, LossSettings settings) {
        return scope.hostDoubles(
                config.normEpsilon(),
                settings.kind() == LossSettings.Kind.CROSS_ENTROPY ? 1 : 0,
                settings.clip(),
                settings.klBeta(),
                settings.klEstimator() == KlEstimator.K1 ? 1 : 3,
                settings.temperature(),
                settings.scale(),
                config.maskTokenId(),
                compute.checkpointing() ? 1 : 0,
                compute.attentionBytes());
    }

    /** The network's parameters, with adapters merged into them. */
    private List<Tensor> current(TensorScope scope) {
        if (!(trainable instanceof Trainable.Adapted)) {
            return parameters;
        }
        return scope.run(
                Call.inference("merge").with(parameters).with(trained.values()).with(trained.plan()));
    }

    /** A copy of the current parameters, with adapters merged into them. */
    public Parameters parameters() {
        try (TensorScope scope = network.program().scope()) {
            return Parameters.copyOf(config, current(scope));
        }
    }

    /** A copy of the adapters, if it is they that are trained. */
    public Optional<Adapters> adapters() {
        return trainable instanceof Trainable.Adapted adapted
                ? Optional.of(Adapters.copyOf(config, adapted.settings(), trained.values()))
                : Optional.empty();
    }

    /**
     * Goes on from other adapters.
     *
     * @throws IllegalArgumentException if those that are trained have other settings
     */
    public void restore(Adapters adapters) {
        if (!(trainable instanceof Trainable.Adapted adapted)
                || !adapted.settings().equals(adapters.settings())) {
            throw new IllegalArgumentException(
                    "adapters of " + adapters.settings() + " cannot be trained as " + trainable);
        }
        try (TensorScope scope = network.program().scope()) {
            scope.run(Call.inference("assign").with(trained.values()).with(adapters.views(scope)));
        }
    }

    /** Moments of what is trained and the step count as a safetensors file; equal states give equal bytes. */
    public TensorBytes optimizerState() {
        return trained.adam().toSafetensors();
    }

    /**
     * Restores what {@link #optimizerState} returned.
     *
     * @throws dev.tracerl.model.safetensors.CheckpointException if other parameters were trained then
     */
    public void restore(TensorBytes optimizerState) {
        trained.adam().restore(optimizerState);
    }

    @Override
    public void close() {
        trained.close();
        parameters.forEach(Tensor::close);
        prepared.close();
    }
}
