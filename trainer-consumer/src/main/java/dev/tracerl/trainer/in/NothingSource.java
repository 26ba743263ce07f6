package dev.tracerl.trainer.in;

import dev.tracerl.trainer.state.TrainerState;
import dev.tracerl.trainer.stop.StopSignal;
import java.time.Duration;
import java.util.Optional;

/**
 * The input of a run that is not trained.
 *
 * @param stop when the process ends
 */
public record NothingSource(StopSignal stop) implements BatchSource {

    private static final Duration CHECK = Duration.ofHours(1);

    @Override
    public Optional<Batch> next(TrainerState state) {
        return Optional.empty();
    }

    @Override
    public void used(Batch batch) {
        throw new IllegalStateException("there are no batches");
    }

    @Override
    public void drain() throws InterruptedException {
        boolean exiting = false;
        while (!exiting) {
            exiting = stop.awaitExit(CHECK);
        }
    }

    @Override
    public void close() {}
}
