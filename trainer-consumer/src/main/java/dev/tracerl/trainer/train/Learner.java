package dev.tracerl.trainer.train;

import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.model.training.NonFiniteLossException;
import dev.tracerl.model.training.StepLoss;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.trainer.state.Tensors;
import java.util.List;

/** The network being trained. The same calls with the same inputs give the same bits. Serves one thread. */
public interface Learner extends AutoCloseable {

    /**
     * Adds the gradient of a micro-batch's loss.
     *
     * @param scale factor of the loss: one over the responses of the minibatch
     * @throws NonFiniteLossException naming the examples at fault
     */
    StepLoss accumulate(List<PackedExample> microBatch, double scale);

    /**
     * Takes an optimizer step with the accumulated gradient.
     *
     * @return the gradient's global norm before clipping
     * @throws NonFiniteLossException if it is not finite
     */
    double apply(double learningRate);

    /** Log-probabilities of the labels under the current parameters: one array per example, aligned with its targets. */
    float[][] logProbs(List<PackedExample> microBatch);

    /** Parameters, or adapters if those are trained, as a safetensors file; equal states give equal bytes. */
    WeightBytes parameters();

    /** {@link #parameters} and optimizer state; equal states give equal bytes. */
    Tensors tensors();

    @Override
    void close();

    /** Makes learners. */
    interface Factory {

        /** A learner that continues from tensors; without optimizer state, with a fresh optimizer. */
        Learner open(Tensors tensors);
    }
}
