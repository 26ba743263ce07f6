package dev.tracerl.benchmarks.kernels;

import dev.tracerl.core.loss.KlEstimator;
import dev.tracerl.core.pack.MicroBatches;
import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.sampling.FinishedSample;
import dev.tracerl.model.training.LossSettings;
import dev.tracerl.model.training.OptimizerSettings;
import dev.tracerl.model.training.PolicyTrainer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Seconds to sample 512 responses, and to train on them once, on one core. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 5, time = 4)
@Fork(1)
@SuppressWarnings("NullAway.Init") // the harness calls open first
public class KernelBenchmark {
    private static final LossSettings LOSS =
            new LossSettings(LossSettings.Kind.CLIPPED, 0.2, 0.01, KlEstimator.K3, 1, 1.0 / 512);

    private static final int CPU_ROWS = 4096; // of a micro-batch; their activations stay in a cache

    /** Hidden features. */
    @Param({"64", "128"})
    public int hidden;

    private Network network;
    private SampledBatch batch;
    private PolicyTrainer trainer;
    private List<PackedExample> examples;

    /** Loads the program and samples what is trained on. */
    @Setup
    public void open() {
        SampledShape shape = SampledShape.sudoku(hidden);
        ModelConfig config = shape.model();
        network = Network.open("cpu");
        batch = new SampledBatch(network, shape);
        trainer = new PolicyTrainer(network, config, Parameters.random(config, 1), OptimizerSettings.published());
        examples = batch.sample().stream().map(shape::pack).toList();
    }

    /** 512 responses of 20 tokens. */
    @Benchmark
    public List<FinishedSample> sample() {
        return batch.sample();
    }

    /** One optimizer step on 512 examples of 112 rows. */
    @Benchmark
    public double train() {
        for (List<PackedExample> micro : MicroBatches.of(examples, CPU_ROWS)) {
            trainer.accumulate(micro, LOSS);
        }
        return trainer.apply(1e-6);
    }

    /** Frees the tensors. */
    @TearDown
    public void close() {
        trainer.close();
        batch.close();
        network.close();
    }
}
