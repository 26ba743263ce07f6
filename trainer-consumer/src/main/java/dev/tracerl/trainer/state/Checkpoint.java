package dev.tracerl.trainer.state;

/**
 * A trainer at rest between two steps.
 *
 * @param state what it remembers
 * @param tensors parameters and optimizer state
 * @param outputs what its last step leaves on the log, published or not
 */
public record Checkpoint(TrainerState state, Tensors tensors, Outputs outputs) implements AutoCloseable {

    /** Closes the tensors' files. */
    @Override
    public void close() {
        tensors.close();
    }
}
