package dev.tracerl.trainer.state;

/**
 * A trainer at rest between two steps.
 *
 * @param state what it remembers
 * @param tensors parameters and optimizer state
 * @param outputs what its last step leaves on the log, published or not
 */
public record Checkpoint(TrainerState state, Tensors tensors, Outputs outputs) implements AutoCloseable {

    /** A trainer before the first step of a run. */
    public static Checkpoint first(RunIdentity run, Beginning beginning) {
        return new Checkpoint(TrainerState.initial(run, beginning.updates()), beginning.tensors(), Outputs.INITIAL);
    }

    /** Closes the tensors' files. */
    @Override
    public void close() {
        tensors.close();
    }
}
