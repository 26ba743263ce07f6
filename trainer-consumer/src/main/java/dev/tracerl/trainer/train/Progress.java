package dev.tracerl.trainer.train;

import dev.tracerl.core.schedule.LearningRateSchedule;
import dev.tracerl.model.training.StepLoss;
import java.util.Optional;

/** Sums of one step. Mutable; lives within one call of {@link StepTrainer}. */
final class Progress {

    private final long updatesBefore;
    private final LearningRateSchedule schedule;
    private StepLoss sum = StepLoss.none();
    private double normSum;
    private int updates;
    private long rows;

    Progress(long updatesBefore, LearningRateSchedule schedule) {
        this.updatesBefore = updatesBefore;
        this.schedule = schedule;
    }

    /** Rate of the coming update. */
    double learningRate() {
        return schedule.at(updatesBefore + updates);
    }

    /** A micro-batch went forward and backward. */
    void add(StepLoss loss, long microBatchRows) {
        sum = sum.plus(loss);
        rows += microBatchRows;
    }

    /** A micro-batch went forward only. */
    void passed(long microBatchRows) {
        rows += microBatchRows;
    }

    /** An optimizer update was taken. */
    void updated(double norm) {
        normSum += norm;
        updates++;
    }

    StepResult result(long tokens) {
        double count = Math.max(1, updates);
        StepLoss mean = new StepLoss(
                sum.loss() / count,
                sum.policyLoss() / count,
                sum.klLoss() / count,
                sum.meanKl(),
                sum.clipFraction(),
                sum.ratioMean(),
                sum.ratioSquareMean(),
                sum.targets());
        double lastRate = schedule.at(updatesBefore + Math.max(0, updates - 1));
        return new StepResult(updates, lastRate, mean, normSum / count, tokens, rows, Optional.empty());
    }
}
