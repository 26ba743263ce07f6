package dev.tracerl.schemas.rules;

import dev.tracerl.schemas.avro.Correction;
import dev.tracerl.schemas.avro.GroupSpec;
import dev.tracerl.schemas.avro.LossSpec;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.OptimizerSpec;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.Schedule;
import dev.tracerl.schemas.avro.Slices;
import dev.tracerl.schemas.avro.ValueSpec;

/**
 * What the values of a run that trains must be.
 *
 * @param findings where wrong ones are noted
 */
record TrainingRules(RunSpec run, Findings findings) {

    void check() {
        GroupSpec groups = run.getGroups();
        findings.atLeast(1, "groups.groupsPerStep", groups.getGroupsPerStep());
        findings.atLeast(1, "groups.samplesPerGroup", groups.getSamplesPerGroup());
        findings.atLeast(0, "groups.maxLag", groups.getMaxLag());
        findings.share("groups.rewardDiscount", groups.getRewardDiscount());
        if (run.getMethod() == Method.TRACERL) {
            new GroupRules(run, findings).check();
        }
        loss(run.getLoss());
        optimizer(run.getOptimizer());
        ValueSpec value = run.getValue();
        if (value != null) {
            value(value);
        }
    }

    private void loss(LossSpec loss) {
        findings.atLeast(1, "loss.shrink", loss.getShrink());
        findings.atLeast(1, "loss.maskedCopies", loss.getMaskedCopies());
        findings.share("loss.maskLow", loss.getMaskLow());
        findings.share("loss.maskHigh", loss.getMaskHigh());
        findings.ordered("loss.maskLow", loss.getMaskLow(), "loss.maskHigh", loss.getMaskHigh());
        findings.atLeast(0, "loss.trainablePadding", loss.getTrainablePadding());
        correction(loss);
        double clip = loss.getClip();
        findings.require(clip > 0 && clip < 1, "loss.clip", "must be in (0, 1), not " + clip);
        findings.notNegative("loss.klCoefficient", loss.getKlCoefficient());
        findings.within(1, Math.max(1, unitsPerStep()), "loss.minibatches", loss.getMinibatches());
        findings.atLeast(1, "loss.epochs", loss.getEpochs());
        findings.atLeast(1, "loss.microBatchTokens", loss.getMicroBatchTokens());
    }

    /** What a step's minibatches are made of: groups, or demonstrations. */
    private long unitsPerStep() {
        long groups = run.getGroups().getGroupsPerStep();
        return run.getMethod() == Method.SFT ? groups * run.getGroups().getSamplesPerGroup() : groups;
    }

    private void correction(LossSpec loss) {
        if (loss.getCorrection() == Correction.CLIP) {
            return;
        }
        double low = loss.getCorrection() == Correction.ICEPOP ? loss.getCorrectionLow() : 0;
        findings.notNegative("loss.correctionLow", low);
        double high = loss.getCorrectionHigh();
        findings.require(high > low, "loss.correctionHigh", "must be above %s, not %s".formatted(low, high));
    }

    private void optimizer(OptimizerSpec optimizer) {
        findings.positive("optimizer.learningRate", optimizer.getLearningRate());
        int ramp = optimizer.getRampUpdates();
        findings.atLeast(0, "optimizer.rampUpdates", ramp);
        long total = optimizer.getTotalUpdates();
        findings.require(
                optimizer.getSchedule() == Schedule.CONSTANT || total == 0 || total >= ramp,
                "optimizer.totalUpdates",
                "must be 0 or at least rampUpdates, which is %d, not %d".formatted(ramp, total));
        findings.share("optimizer.minScale", optimizer.getMinScale());
        findings.properShare("optimizer.beta1", optimizer.getBeta1());
        findings.properShare("optimizer.beta2", optimizer.getBeta2());
        findings.notNegative("optimizer.epsilon", optimizer.getEpsilon());
        findings.notNegative("optimizer.weightDecay", optimizer.getWeightDecay());
        findings.notNegative("optimizer.gradientClip", optimizer.getGradientClip());
    }

    private void value(ValueSpec value) {
        findings.require(
                run.getMethod() == Method.TRACERL,
                "value",
                "needs rewards, and method " + run.getMethod() + " has none");
        findings.require(
                run.getLoss().getSlices() == Slices.TRACE,
                "loss.slices",
                "must be TRACE with a value model, not %s: a token may be a target in several steps or in none, so that returns over steps are not defined"
                        .formatted(run.getLoss().getSlices()));
        findings.positive("value.learningRate", value.getLearningRate());
        findings.share("value.discount", value.getDiscount());
        findings.share("value.lambda", value.getLambda());
        findings.positive("value.clip", value.getClip());
        findings.atLeast(1, "value.trainEvery", value.getTrainEvery());
    }
}
