package dev.tracerl.benchmarks.learning;

import dev.tracerl.core.decode.CounterRandom;
import dev.tracerl.core.loss.LossNormalization;
import dev.tracerl.core.pack.Demonstration;
import dev.tracerl.core.pack.MaskRange;
import dev.tracerl.core.pack.MaskedPacker;
import dev.tracerl.core.pack.MicroBatches;
import dev.tracerl.core.pack.PackSettings;
import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.core.schedule.LearningRateSchedule;
import dev.tracerl.model.training.LossSettings;
import dev.tracerl.model.training.PolicyTrainer;
import dev.tracerl.model.training.StepLoss;
import dev.tracerl.verifiers.sudoku.SudokuGenerator;
import dev.tracerl.verifiers.sudoku.SudokuPuzzle;
import java.util.ArrayList;
import java.util.List;

/** Supervised steps on solved puzzles, each seen once. */
final class WarmUp {
    private final LoopOptions options;
    private final PolicyTrainer trainer;
    private final SudokuGenerator puzzles;
    private final PackSettings packing;
    private final LearningRateSchedule rate;

    WarmUp(LoopOptions options, PolicyTrainer trainer, SudokuGenerator puzzles, int maskToken) {
        this.options = options;
        this.trainer = trainer;
        this.puzzles = puzzles;
        this.packing = new PackSettings(4, 1, maskToken, LossNormalization.TARGETS, SudokuTask.MAX_TOKENS);
        this.rate = new LearningRateSchedule(
                LearningRateSchedule.Kind.CONSTANT, options.real("sftRate"), options.integer("sftRamp"), 0, 1);
    }

    /** One optimizer step; returns the mean cross-entropy. */
    double step(int step) {
        List<PackedExample> examples = new ArrayList<>();
        for (SudokuPuzzle puzzle : puzzles.next(options.integer("sftBatch"))) {
            examples.add(pack(SudokuTask.of(puzzle).demonstration(), step, examples.size()));
        }
        LossSettings settings = LossSettings.crossEntropy(1.0 / examples.size());
        StepLoss loss = StepLoss.none();
        for (List<PackedExample> batch : MicroBatches.of(examples, options.integer("microRows"))) {
            loss = loss.plus(trainer.accumulate(batch, settings));
        }
        trainer.apply(rate.at(step));
        return loss.loss();
    }

    private PackedExample pack(Demonstration demonstration, int step, int index) {
        CounterRandom random = new CounterRandom(options.integer("seed"), "warm-up " + step, index);
        return options.text("sftMask").equals("order")
                ? MaskedPacker.randomOrder(demonstration, packing, 1, random)
                : MaskedPacker.random(demonstration, packing, new MaskRange(1, 0.1, 1), random);
    }
}
