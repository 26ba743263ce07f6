package dev.tracerl.trainer.state;

import java.util.List;

/**
 * Everything but tensors that a trainer must remember after a step. Written as JSON.
 *
 * @param run whose state it is
 * @param step training steps done; also the version of the parameters
 * @param updates optimizer updates done; the learning-rate schedule counts them
 * @param position place in the input
 * @param live versions whose bytes are still in the weight store, ascending
 * @param rank number of this worker
 * @param worldSize number of workers
 */
public record TrainerState(
        RunIdentity run, long step, long updates, Position position, List<Long> live, int rank, int worldSize) {

    public TrainerState {
        live = List.copyOf(live);
    }

    /**
     * The state before the first step.
     *
     * @param updates optimizer updates that the run goes on from
     */
    public static TrainerState initial(RunIdentity run, long updates) {
        return new TrainerState(run, 0, updates, Position.START, List.of(), 0, 1);
    }

    /** Version of the parameters: the number of training steps that made them. */
    public long version() {
        return step;
    }

    /** Whether the run has done nothing yet, but goes on from what another one did. */
    public boolean inherited() {
        return step == 0 && updates > 0;
    }

    /** The state after one more step. */
    public TrainerState after(long updatesOfStep, Position newPosition) {
        return new TrainerState(run, step + 1, updates + updatesOfStep, newPosition, live, rank, worldSize);
    }

    /** The same state with other versions in the weight store. */
    public TrainerState withLive(List<Long> versions) {
        return new TrainerState(run, step, updates, position, versions, rank, worldSize);
    }

    /** The same state as that of the run under another name, which it has where it was restored from an archive. */
    public TrainerState named(RunIdentity copy) {
        return new TrainerState(copy, step, updates, position, live, rank, worldSize);
    }
}
