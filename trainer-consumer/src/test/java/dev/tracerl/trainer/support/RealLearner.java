package dev.tracerl.trainer.support;

import dev.tracerl.core.loss.KlEstimator;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.training.ComputeSettings;
import dev.tracerl.model.training.LossSettings;
import dev.tracerl.model.training.OptimizerSettings;
import dev.tracerl.model.training.Trainable;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.trainer.TestRuns;
import dev.tracerl.trainer.state.Safetensors;
import dev.tracerl.trainer.state.Tensors;
import dev.tracerl.trainer.train.Learner;
import dev.tracerl.trainer.train.ModelLearner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Learners of the tiny model on PyTorch. */
public final class RealLearner {

    private RealLearner() {}

    /** A learner with a loss, at temperature 1. */
    public static Learner open(LossSettings.Kind kind, Tensors tensors) {
        return open(kind, new Trainable.All(), tensors);
    }

    /** A learner of a part of the model. */
    public static Learner open(LossSettings.Kind kind, Trainable trainable, Tensors tensors) {
        return ModelLearner.on(
                        new ModelLearner.Device("cpu", 1),
                        new ModelLearner.Subject(
                                TestRuns.MODEL, OptimizerSettings.published(), trainable, () -> fresh().parameters()),
                        new LossSettings(kind, 0.2, 0, KlEstimator.K3, 1, 1),
                        ComputeSettings.standard())
                .open(tensors);
    }

    /** Random parameters, fresh optimizer. */
    public static Tensors fresh() {
        return new Tensors(Safetensors.of(Parameters.random(TestRuns.MODEL, 3).toSafetensors()));
    }

    /** Parameters of which one is not a number. */
    public static Tensors broken() {
        byte[] bytes = fresh().parameters().toArray();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - Float.BYTES, Float.NaN);
        return new Tensors(WeightBytes.of(bytes));
    }
}
