package dev.tracerl.benchmarks.training;

import dev.tracerl.core.loss.KlEstimator;
import dev.tracerl.core.pack.MicroBatches;
import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.training.ComputeSettings;
import dev.tracerl.model.training.LossSettings;
import dev.tracerl.model.training.OptimizerSettings;
import dev.tracerl.model.training.PolicyTrainer;
import dev.tracerl.model.training.StepLoss;
import java.util.List;

/** One optimizer step on fixed examples, again and again. */
final class Step implements AutoCloseable {
    private static final LossSettings LOSS =
            new LossSettings(LossSettings.Kind.CLIPPED, 0.2, 0.01, KlEstimator.K3, 1, 1);
    private static final int CPU_ROWS = 4096; // of a micro-batch; their activations stay in a cache

    private final List<PackedExample> examples;
    private final PolicyTrainer trainer;

    Step(Network network, ModelConfig config, List<PackedExample> examples, ComputeSettings compute) {
        this.examples = examples;
        this.trainer = new PolicyTrainer(
                network, config, Parameters.random(config, 1), OptimizerSettings.published(), compute);
    }

    /** Processor seconds. */
    double seconds() {
        return ProcessorTime.of(this::take);
    }

    /** Accumulates and applies. */
    void take() {
        accumulate();
        apply();
    }

    /** The loss of one pass; its gradient stays until it is applied. */
    double accumulate() {
        StepLoss loss = StepLoss.none();
        for (List<PackedExample> micro : MicroBatches.of(examples, CPU_ROWS)) {
            loss = loss.plus(trainer.accumulate(micro, LOSS));
        }
        return loss.loss();
    }

    /** Takes a step of no length, so that the next one computes the same; returns the gradient's norm. */
    double apply() {
        return trainer.apply(0);
    }

    /** A timed pass with its gradient. */
    Gradient gradient() {
        double[] loss = new double[1];
        double seconds = ProcessorTime.of(() -> loss[0] = accumulate());
        Gradient gradient = new Gradient(loss[0], trainer.gradient(), seconds);
        apply();
        return gradient;
    }

    /** Rows through the trunk. */
    long rows() {
        return MicroBatches.of(examples, CPU_ROWS).stream()
                .mapToLong(MicroBatches::rows)
                .sum();
    }

    long targets() {
        return examples.stream().mapToLong(example -> example.targets().length).sum();
    }

    @Override
    public void close() {
        trainer.close();
    }
}
