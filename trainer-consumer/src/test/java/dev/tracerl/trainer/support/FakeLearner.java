package dev.tracerl.trainer.support;

import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.model.training.StepLoss;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.trainer.state.Beginning;
import dev.tracerl.trainer.state.Tensors;
import dev.tracerl.trainer.train.Learner;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A learner whose parameters are a hash of everything it was ever given, in order. */
public class FakeLearner implements Learner {

    private final List<String> calls = new ArrayList<>();
    private long parameters;
    private long moments;
    private long gradient;

    /** A learner that continues from tensors. */
    public FakeLearner(Tensors tensors) {
        this.parameters = tensors.parameters().part(0, Long.BYTES).getLong();
        this.moments = tensors.optimizer().size() == 0
                ? 0
                : tensors.optimizer().part(0, Long.BYTES).getLong();
    }

    /** First parameters. */
    public static WeightBytes initial() {
        return bytes(42);
    }

    /** What a run begins with that goes on from another one. */
    public static Beginning kept() {
        return new Beginning(new Tensors(initial(), bytes(7)), 12);
    }

    /** What was called, in order. */
    public List<String> calls() {
        return calls;
    }

    @Override
    public StepLoss accumulate(List<PackedExample> microBatch, double scale) {
        calls.add("accumulate " + microBatch.size() + " x " + scale);
        for (PackedExample example : microBatch) {
            gradient = mix(gradient, Arrays.hashCode(example.tokens()), Arrays.hashCode(example.oldLogProbs()));
            gradient = mix(gradient, Arrays.hashCode(example.advantages()), Double.doubleToLongBits(scale));
        }
        int targets = microBatch.stream()
                .mapToInt(example -> example.targets().length)
                .sum();
        return new StepLoss(1, 0.75, 0.25, 0.5, 0.1, 1, 2, targets);
    }

    @Override
    public double apply(double learningRate) {
        calls.add("apply " + learningRate);
        moments = mix(moments, gradient, 1);
        parameters = mix(parameters, moments, Double.doubleToLongBits(learningRate));
        gradient = 0;
        return 3;
    }

    @Override
    public float[][] logProbs(List<PackedExample> microBatch) {
        calls.add("logProbs " + microBatch.size());
        return microBatch.stream()
                .map(example -> {
                    float[] values = new float[example.targets().length];
                    Arrays.fill(values, -1.5f);
                    return values;
                })
                .toArray(float[][]::new);
    }

    @Override
    public WeightBytes parameters() {
        calls.add("parameters");
        return bytes(parameters);
    }

    @Override
    public Tensors tensors() {
        calls.add("tensors");
        return new Tensors(bytes(parameters), bytes(moments));
    }

    @Override
    public void close() {
        calls.add("close");
    }

    private static WeightBytes bytes(long value) {
        return WeightBytes.of(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    private static long mix(long state, long first, long second) {
        long mixed = (state ^ first) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 29) ^ second) * 0xBF58476D1CE4E5B9L;
        return mixed ^ (mixed >>> 32);
    }
}
