package dev.tracerl.model.training;

import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Prepared;
import dev.tracerl.model.network.ValueParameters;
import dev.tracerl.model.safetensors.TensorBytes;
import dev.tracerl.model.torch.Call;
import dev.tracerl.model.torch.Tensor;
import dev.tracerl.model.torch.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A value model being trained: a network of its own that predicts the return of every target, read where the target is
 * still masked. A step is any number of {@link #accumulate}, then one {@link #apply}. The same calls with the same inputs
 * give the same bits. Serves one thread, which is the network's.
 */
public final class ValueTrainer implements AutoCloseable {
    private final Network network;
    private final ModelConfig config;
    private final OptimizerSettings optimizer;
    private final ComputeSettings compute;
    private final Prepared prepared;
    private final List<Tensor> parameters;
    private final List<Tensor> gradients;
    private final AdamState adam;

    /** Starts from a copy of {@code initial} with fresh optimizer state. */
    public ValueTrainer(Network network, ModelConfig config, ValueParameters initial, OptimizerSettings optimizer) {
        this(network, config, initial, optimizer, ComputeSettings.standard());
    }

    /** The same with a choice of how gradients are computed. */
    public ValueTrainer(
            Network network,
            ModelConfig config,
            ValueParameters initial,
            OptimizerSettings optimizer,
            ComputeSettings compute) {
        this.network = network;
        this.config = config;
        this.optimizer = optimizer;
        this.compute = compute;
        this.prepared = new Prepared(network, config, compute.precision());
        try (TensorScope scope = network.program().scope()) {
            this.parameters = scope.keep(scope.run(Call.inference("copies").with(initial.views(scope))));
            this.gradients = scope.keep(scope.run(Call.inference("zeros").with(parameters)));
        }
        this.adam = new AdamState(network, ValueParameters.groups(config), parameters);
    }

    /**
     * Values of the targets under the current parameters; the examples are one micro-batch.
     *
     * @return for each example one per target, aligned with {@link PackedExample#targets}
     * @throws NonFiniteLossException naming the examples with values that are not finite
     */
    public float[][] values(List<PackedExample> examples) {
        PackedBatch batch = new PackedBatch(examples);
        float[] all = batch.targets() == 0 ? new float[0] : evaluate(batch);
        List<Integer> bad = batch.examplesOf(IntStream.range(0, all.length)
                .map(target -> Float.isFinite(all[target]) ? 0 : 1)
                .toArray());
        if (!bad.isEmpty()) {
            throw new NonFiniteLossException("values of examples " + bad + " are not finite", bad);
        }
        return batch.byExample(all);
    }

    private float[] evaluate(PackedBatch batch) {
        try (TensorScope scope = network.program().scope()) {
            return scope.run(Call.inference("values")
                            .with(parameters)
                            .with(batch.tensors(scope))
                            .with(prepared.rotations(), prepared.shape(), scope.hostDoubles(config.normEpsilon())))
                    .get(0)
                    .floats();
        }
    }

    /**
     * Adds the gradient of the clipped value loss ({@link dev.tracerl.core.value.ClippedValueLoss}) over a micro-batch.
     *
     * @param clip how far a value moves freely from the old one, positive
     * @param scale factor of the whole loss, for example one over the number of responses in the step
     * @throws NonFiniteLossException naming the examples at fault; the gradient is as before
     */
    public ValueLoss accumulate(List<ValueTarget> microBatch, double clip, double scale) {
        List<PackedExample> examples = new ArrayList<>(microBatch.size());
        microBatch.forEach(target -> examples.add(target.example()));
        PackedBatch batch = new PackedBatch(examples);
        if (batch.targets() == 0) {
            return ValueLoss.none();
        }
        try (TensorScope scope = network.program().scope()) {
            Tensor targets = scope.floats(targets(microBatch, batch.targets()), 3, batch.targets());
            Tensor hyper = scope.hostDoubles(
                    config.normEpsilon(), clip, scale, compute.checkpointing() ? 1 : 0, compute.attentionBytes());
            List<Tensor> results = scope.run(Call.training("accumulate_values")
                    .with(parameters)
                    .with(gradients)
                    .with(batch.tensors(scope))
                    .with(targets, prepared.rotations(), prepared.shape(), hyper));
            double[] sums = results.get(0).doubles();
            requireFinite(sums[0], batch, results.get(1));
            return new ValueLoss(sums[0], sums[1] / batch.targets(), batch.targets());
        }
    }

    /** {@code (3, M)} returns, old values and weights. */
    private static float[] targets(List<ValueTarget> microBatch, int count) {
        float[] targets = new float[3 * count];
        int next = 0;
        for (ValueTarget target : microBatch) {
            int length = target.returns().length;
            System.arraycopy(target.returns(), 0, targets, next, length);
            System.arraycopy(target.oldValues(), 0, targets, count + next, length);
            System.arraycopy(target.example().weights(), 0, targets, 2 * count + next, length);
            next += length;
        }
        return targets;
    }

    private static void requireFinite(double loss, PackedBatch batch, Tensor bad) {
        if (!Double.isFinite(loss)) {
            List<Integer> examples = batch.examplesOf(bad.ints());
            throw new NonFiniteLossException(
                    "value loss is " + loss + " in examples " + examples + " of the micro-batch", examples);
        }
    }

    /**
     * Clips the accumulated gradient, takes an optimizer step and clears the gradient.
     *
     * @return the gradient's global norm before clipping
     * @throws NonFiniteLossException if the norm is not finite; nothing was changed
     */
    public double apply(double learningRate) {
        try (TensorScope scope = network.program().scope()) {
            double norm = adam.step(scope, parameters, gradients, optimizer, learningRate);
            if (!Double.isFinite(norm)) {
                throw new NonFiniteLossException("the norm of the value model's gradient is " + norm, List.of());
            }
            return norm;
        }
    }

    /** The accumulated gradient in the layout of the parameters. */
    ValueParameters gradient() {
        return ValueParameters.copyOf(config, gradients);
    }

    /** A copy of the current parameters. */
    public ValueParameters parameters() {
        return ValueParameters.copyOf(config, parameters);
    }

    /** Moments and step count as a safetensors file; equal states give equal bytes. */
    public TensorBytes optimizerState() {
        return adam.toSafetensors();
    }

    /** Restores what {@link #optimizerState} returned. */
    public void restore(TensorBytes optimizerState) {
        adam.restore(optimizerState);
    }

    @Override
    public void close() {
        adam.close();
        gradients.forEach(Tensor::close);
        parameters.forEach(Tensor::close);
        prepared.close();
    }
}
