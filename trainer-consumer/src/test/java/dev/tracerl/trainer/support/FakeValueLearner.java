package dev.tracerl.trainer.support;

import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.model.training.ValueLoss;
import dev.tracerl.model.training.ValueTarget;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.trainer.state.Tensors;
import dev.tracerl.trainer.state.ValueTensors;
import dev.tracerl.trainer.train.ValueLearner;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** A value learner whose parameters are a hash of everything it was ever given, and whose values are drawn from it. */
public final class FakeValueLearner implements ValueLearner {

    private final List<String> calls = new ArrayList<>();
    private long parameters;
    private long gradient;

    /** A learner that continues from tensors, or starts from the policy's. */
    public FakeValueLearner(Tensors tensors) {
        WeightBytes first = tensors.value().map(ValueTensors::parameters).orElse(tensors.parameters());
        this.parameters = first.part(0, Long.BYTES).getLong();
    }

    /** What was called, in order. */
    public List<String> calls() {
        return calls;
    }

    @Override
    public float[][] values(List<PackedExample> microBatch) {
        calls.add("values " + microBatch.size());
        float[][] values = new float[microBatch.size()][];
        for (int i = 0; i < values.length; i++) {
            SplittableRandom random = new SplittableRandom(
                    parameters + Arrays.hashCode(microBatch.get(i).tokens()));
            values[i] = new float[microBatch.get(i).targets().length];
            for (int t = 0; t < values[i].length; t++) {
                values[i][t] = (float) random.nextDouble(-1, 1);
            }
        }
        return values;
    }

    @Override
    public ValueLoss accumulate(List<ValueTarget> microBatch, double scale) {
        calls.add("accumulate " + microBatch.size() + " x " + scale);
        int targets = 0;
        for (ValueTarget target : microBatch) {
            gradient = 31 * gradient + Arrays.hashCode(target.returns());
            gradient = 31 * gradient + Arrays.hashCode(target.oldValues());
            targets += target.returns().length;
        }
        return new ValueLoss(0.5, 0, targets);
    }

    @Override
    public void apply(double learningRate) {
        calls.add("apply " + learningRate);
        parameters = 31 * parameters + gradient + Double.hashCode(learningRate);
        gradient = 0;
    }

    @Override
    public ValueTensors tensors() {
        WeightBytes bytes = WeightBytes.of(
                ByteBuffer.allocate(Long.BYTES).putLong(parameters).array());
        return new ValueTensors(bytes, bytes);
    }

    @Override
    public void close() {
        calls.add("close");
    }
}
