package dev.tracerl.trainer.plan;

import dev.tracerl.core.loss.LossNormalization;
import dev.tracerl.core.pack.Layout;
import dev.tracerl.core.pack.MaskRange;
import dev.tracerl.core.pack.PackSettings;
import dev.tracerl.core.pack.TrainedPadding;
import dev.tracerl.core.policy.TrainingView;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.schemas.avro.LossSpec;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.Partition;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.Slices;
import dev.tracerl.trainer.batch.DemonstrationPacker;
import dev.tracerl.trainer.batch.DemonstrationPacker.Order;
import dev.tracerl.trainer.batch.ResponsePacker;
import java.util.HashSet;
import java.util.Set;

/**
 * Plans how responses become rows: the layout follows from the model's family, what is a target from the run.
 *
 * @param family layout of the model's family, blocks at absolute positions
 */
record Packing(RunSpec spec, ModelConfig model, Layout family) {

    Packing(RunSpec spec, ModelConfig model) {
        this(spec, model, family(model));
    }

    private static Layout family(ModelConfig model) {
        return switch (model.attention()) {
            case BLOCK -> Layout.ABSOLUTE_BLOCKS;
            case FULL -> model.shiftedLogits() ? Layout.FULL_SHIFTED : Layout.FULL;
        };
    }

    /** Notes what cannot be had together. */
    void check(Problems problems) {
        problems.require(
                family.full() || !model.shiftedLogits(),
                "model.config: " + model.modelType() + " scores the next position with block attention, which no layout"
                        + " packs");
    }

    PackSettings settings() {
        LossSpec loss = spec.getLoss();
        LossNormalization normalization = switch (loss.getNormalization()) {
            case RESPONSE_LENGTH -> LossNormalization.RESPONSE_LENGTH;
            case TARGETS -> LossNormalization.TARGETS;
            case STEPS -> LossNormalization.STEPS;
        };
        return new PackSettings(
                spec.getSampler().getBlockSize(),
                loss.getShrink(),
                model.maskTokenId(),
                normalization,
                spec.getSampler().getMaxTokens(),
                layout(),
                new TrainedPadding(loss.getTrainablePadding(), padding()));
    }

    /** What fills a response after its end. */
    private Set<Integer> padding() {
        Set<Integer> padding = new HashSet<>(model.eosTokenIds());
        padding.add(model.padTokenId());
        return padding;
    }

    private Layout layout() {
        boolean aligned = spec.getLoss().getPartition() == Partition.ABSOLUTE;
        return family.full() || aligned ? family : Layout.RESPONSE_BLOCKS;
    }

    ResponsePacker.Slices slices() {
        return switch (spec.getLoss().getSlices()) {
            case TRACE -> new ResponsePacker.Trace();
            case RANDOM -> new ResponsePacker.Random(range(), false);
            case COUPLED -> new ResponsePacker.Random(range(), true);
        };
    }

    /** The published masks: with blocks each token has a probability of its own, with full attention each row. */
    private MaskRange range() {
        return family.full() ? masks() : masks().perToken();
    }

    Order order() {
        int blockSize = spec.getSampler().getBlockSize();
        int steps = spec.getSampler().getStepsPerBlock();
        return switch (spec.getLoss().getMasking()) {
            case TRACE -> new DemonstrationPacker.RandomOrder((blockSize + steps - 1) / steps);
            case RANDOM -> new DemonstrationPacker.RandomMasks(masks());
            case SEMI_AUTOREGRESSIVE -> new DemonstrationPacker.SemiAutoregressive(masks());
        };
    }

    private MaskRange masks() {
        LossSpec loss = spec.getLoss();
        return new MaskRange(loss.getMaskedCopies(), loss.getMaskLow(), loss.getMaskHigh());
    }

    /** How the trainer will evaluate tokens. */
    TrainingView view(double temperature) {
        return new TrainingView(
                attention(),
                spec.getLoss().getSlices() == Slices.TRACE ? TrainingView.Slices.TRACE : TrainingView.Slices.RANDOM,
                Math.max(1, spec.getLoss().getShrink()),
                layout() != Layout.RESPONSE_BLOCKS,
                spec.getSampler().getBlockSize(),
                temperature);
    }

    private TrainingView.Attention attention() {
        if (!family.full()) {
            return TrainingView.Attention.BLOCK;
        }
        return spec.getSampler().getPrefixCache()
                ? TrainingView.Attention.FULL_WITH_PREFIX_CACHE
                : TrainingView.Attention.FULL;
    }

    /** What a step consumes. */
    InputPlan input(int unitsPerStep) {
        return spec.getMethod() == Method.SFT
                ? new InputPlan.Demonstrations(unitsPerStep, order(), spec.getSeed())
                : new InputPlan.Groups(
                        unitsPerStep, spec.getGroups().getMaxLag(), spec.getDeterministic(), slices(), spec.getSeed());
    }
}
