package dev.tracerl.trainer.train;

import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.model.training.NonFiniteLossException;
import dev.tracerl.model.training.ValueLoss;
import dev.tracerl.model.training.ValueTarget;
import dev.tracerl.trainer.state.Tensors;
import dev.tracerl.trainer.state.ValueTensors;
import java.util.List;

/** The value model being trained. The same calls with the same inputs give the same bits. Serves one thread. */
public interface ValueLearner extends AutoCloseable {

    /**
     * Values under the current parameters: one array per example, aligned with its targets.
     *
     * @throws NonFiniteLossException naming the examples at fault
     */
    float[][] values(List<PackedExample> microBatch);

    /**
     * Adds the gradient of a micro-batch's loss.
     *
     * @param scale factor of the loss: one over the responses of the minibatch
     * @throws NonFiniteLossException naming the examples at fault
     */
    ValueLoss accumulate(List<ValueTarget> microBatch, double scale);

    /**
     * Takes an optimizer step with the accumulated gradient.
     *
     * @throws NonFiniteLossException if the gradient's norm is not finite
     */
    void apply(double learningRate);

    /** Parameters and optimizer state; equal states give equal bytes. */
    ValueTensors tensors();

    @Override
    void close();

    /** Makes value learners. */
    interface Factory {

        /** A learner that continues from the tensors of a value model; without, it starts from the policy's network. */
        ValueLearner open(Tensors tensors);
    }
}
