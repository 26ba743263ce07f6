package dev.tracerl.trainer.train;

import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.schemas.weights.WeightBytes;
import java.util.List;

/** A policy that is evaluated but never trained. Serves one thread. */
public interface FixedPolicy extends AutoCloseable {

    /** Log-probabilities of the labels: one array per example, aligned with its targets. */
    float[][] logProbs(List<PackedExample> microBatch);

    @Override
    void close();

    /** Makes fixed policies. */
    interface Factory {

        /** The policy of a safetensors file. */
        FixedPolicy open(WeightBytes parameters);
    }
}
