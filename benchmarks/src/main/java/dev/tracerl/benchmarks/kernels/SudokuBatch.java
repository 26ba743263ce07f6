package dev.tracerl.benchmarks.kernels;

import dev.tracerl.core.loss.KlEstimator;
import dev.tracerl.core.pack.MicroBatches;
import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Network;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.sampling.SamplingBatch;
import dev.tracerl.model.training.LossSettings;
import dev.tracerl.model.training.OptimizerSettings;
import dev.tracerl.model.training.PolicyTrainer;
import java.util.List;

/** Sampling and training on the shape of the sudoku demo, in pieces. */
public final class SudokuBatch implements AutoCloseable {
    private static final int HIDDEN = 64;
    private static final LossSettings LOSS =
            new LossSettings(LossSettings.Kind.CLIPPED, 0.2, 0.01, KlEstimator.K3, 1, 1.0 / SudokuShape.RESPONSES);

    private final Parameters weights;
    private final SamplingBatch batch;
    private final PolicyTrainer trainer;
    private final List<PackedExample> examples;

    /** Samples what is trained on. */
    public SudokuBatch(Network network) {
        ModelConfig config = SudokuShape.model(HIDDEN);
        this.weights = Parameters.random(config, 1);
        this.batch = SudokuShape.batch(network, config);
        this.trainer = new PolicyTrainer(network, config, weights, OptimizerSettings.published());
        this.examples = SudokuShape.sample(batch, weights).stream()
                .map(SudokuShape::pack)
                .toList();
    }

    /** One optimizer step. */
    public void train() {
        for (List<PackedExample> micro : MicroBatches.of(examples, SudokuShape.CPU_ROWS)) {
            trainer.accumulate(micro, LOSS);
        }
        trainer.apply(1e-6);
    }

    /** Empties the batch and adds all requests. */
    public void fill() {
        finish();
        batch.add(SudokuShape.requests());
    }

    /** Samples one block. */
    public void advance() {
        batch.advance(weights, 0);
    }

    /** Empties the batch, adds all requests and samples their first block. */
    public void fillAndAdvance() {
        fill();
        advance();
    }

    /** Samples all blocks that are left. */
    public void finish() {
        while (batch.active() > 0) {
            advance();
        }
    }

    @Override
    public void close() {
        trainer.close();
        batch.close();
    }
}
