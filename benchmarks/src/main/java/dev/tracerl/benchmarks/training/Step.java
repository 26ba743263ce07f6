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
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;

/** One optimizer step on fixed examples, again and again. */
final class Step implements AutoCloseable {
    private static final LossSettings LOSS =
            new LossSettings(LossSettings.Kind.CLIPPED, 0.2, 0.01, KlEstimator.K3, 1, 1);
    private static final int CPU_ROWS = 4096; // of a micro-batch; their activations stay in a cache
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final List<PackedExample> examples;
    private final PolicyTrainer trainer;

    Step(Network network, ModelConfig config, List<PackedExample> examples, ComputeSettings compute) {
        this.examples = examples;
        this.trainer = new PolicyTrainer(
                network, config, Parameters.random(config, 1), OptimizerSettings.published(), compute);
    }

    /** Processor seconds of this thread, which all the arithmetic runs on; other load does not count. */
    double seconds() {
        long start = THREADS.getCurrentThreadCpuTime();
        accumulate();
        trainer.apply(0);
        return (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
    }

    /** The loss of one pass; its gradient stays until it is applied. */
    double accumulate() {
        StepLoss loss = StepLoss.none();
        for (List<PackedExample> micro : MicroBatches.of(examples, CPU_ROWS)) {
            loss = loss.plus(trainer.accumulate(micro, LOSS));
        }
        return loss.loss();
    }

    /** A timed pass with its gradient. */
    Gradient gradient() {
        long start = THREADS.getCurrentThreadCpuTime();
        double loss = accumulate();
        double seconds = (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
        Gradient gradient = new Gradient(loss, trainer.gradient(), seconds);
        trainer.apply(0);
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
