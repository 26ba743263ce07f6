package dev.tracerl.trainer.support;

import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.trainer.train.FixedPolicy;
import java.util.Arrays;
import java.util.List;

/** A fixed policy for which every token is as likely as its parameters, a number, say. */
public final class FakePolicy implements FixedPolicy {

    private final long parameters;

    /** A policy of what {@link FakeLearner} takes for parameters. */
    public FakePolicy(WeightBytes parameters) {
        this.parameters = parameters.part(0, Long.BYTES).getLong();
    }

    @Override
    public float[][] logProbs(List<PackedExample> microBatch) {
        return microBatch.stream()
                .map(example -> {
                    float[] values = new float[example.targets().length];
                    Arrays.fill(values, (float) -parameters);
                    return values;
                })
                .toArray(float[][]::new);
    }

    @Override
    public void close() {
        // Nothing to free.
    }
}
