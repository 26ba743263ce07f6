package dev.tracerl.trainer.in;

import dev.tracerl.trainer.state.TrainerState;
import java.util.Optional;

/** Where the training steps get their input. Serves one thread. */
public interface BatchSource extends AutoCloseable {

    /**
     * The input of the next step; waits for it. Asked again without {@link #used}, it offers the same input.
     *
     * @param state state before the step
     * @return the input, or nothing if training is to stop
     */
    Optional<Batch> next(TrainerState state) throws InterruptedException;

    /** The batch was trained and published: it is never offered again. */
    void used(Batch batch);

    /** Closes what will not be trained any more, until the process ends. */
    void drain() throws InterruptedException;

    @Override
    void close();
}
