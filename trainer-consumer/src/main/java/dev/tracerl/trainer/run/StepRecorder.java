package dev.tracerl.trainer.run;

import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.schemas.avro.TrainingSample;
import dev.tracerl.trainer.in.Batch;
import dev.tracerl.trainer.out.Outcomes;
import dev.tracerl.trainer.plan.OutputPlan;
import dev.tracerl.trainer.state.Outputs;
import dev.tracerl.trainer.state.TrainerState;
import dev.tracerl.trainer.train.ModelLearner;
import dev.tracerl.trainer.train.StepResult;
import dev.tracerl.trainer.train.TrainerBuild;
import dev.tracerl.trainer.train.ValueResult;
import java.time.Clock;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what a step used and what came of it.
 *
 * @param plan which versions are published
 * @param clock time of the records
 * @param device where it is trained
 */
record StepRecorder(OutputPlan plan, Clock clock, ModelLearner.Device device) {

    /**
     * The outputs of a step.
     *
     * @param before state before it
     */
    Outputs record(TrainerState before, Batch batch, StepResult result, StepTimes times) {
        Outcomes outcomes = new Outcomes(clock);
        List<GroupOutcome> accepted = batch.groups().stream()
                .map(group -> outcomes.accepted(group, before.version()))
                .toList();
        boolean publish = plan.publishes(before.step() + 1);
        return new Outputs(publish, Optional.of(step(before, batch, result, times, publish)), accepted);
    }

    private TrainStep step(TrainerState before, Batch batch, StepResult result, StepTimes times, boolean publish) {
        LongSummaryStatistics lags = lags(before, batch);
        return TrainStep.newBuilder()
                .setRunId(before.run().runId())
                .setStep(before.step() + 1)
                .setVersion(before.version() + 1)
                .setPublished(publish)
                .setRank(before.rank())
                .setWorldSize(before.worldSize())
                .setGroups(
                        batch.groups().stream().map(TrainingGroup::getGroupId).toList())
                .setInputs(batch.inputs())
                .setUpdates(before.updates() + result.updates())
                .setLearningRate(result.learningRate())
                .setLoss(result.loss().loss())
                .setPolicyLoss(result.loss().policyLoss())
                .setKlLoss(result.loss().klLoss())
                .setKl(result.loss().meanKl())
                .setClipFraction(result.loss().clipFraction())
                .setGradientNorm(result.gradientNorm())
                .setEffectiveSampleRatio(result.loss().effectiveSampleShare())
                .setMeanReward(meanReward(batch))
                .setValueLoss(valueLoss(result))
                .setExplainedVariance(
                        result.value().map(ValueResult::explainedVariance).orElse(null))
                .setSamples(batch.examples().stream().mapToInt(List::size).sum())
                .setTokens(result.tokens())
                .setPackedTokens(result.packedTokens())
                .setLagMean(lags.getAverage())
                .setLagMax(Math.max(0, lags.getMax()))
                .setWaitMillis(times.waitMillis())
                .setTrainMillis(times.trainMillis())
                .setPublishMillis(times.publishMillis())
                .setAt(clock.instant())
                .setDevice(device.name())
                .setThreads(device.threads())
                .setBuild(TrainerBuild.name())
                .build();
    }

    private static LongSummaryStatistics lags(TrainerState before, Batch batch) {
        return batch.groups().stream()
                .mapToLong(group -> before.version() - group.getOldestVersion())
                .summaryStatistics();
    }

    private static @Nullable Double valueLoss(StepResult result) {
        OptionalDouble loss = result.value().map(ValueResult::loss).orElse(OptionalDouble.empty());
        return loss.isPresent() ? loss.getAsDouble() : null;
    }

    private static @Nullable Double meanReward(Batch batch) {
        OptionalDouble mean = batch.groups().stream()
                .flatMap(group -> group.getSamples().stream())
                .mapToDouble(TrainingSample::getReward)
                .average();
        return mean.isPresent() ? mean.getAsDouble() : null;
    }
}
