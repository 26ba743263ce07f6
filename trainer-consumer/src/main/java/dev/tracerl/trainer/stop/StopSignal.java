package dev.tracerl.trainer.stop;

import java.time.Duration;

/**
 * Tells the training thread to stop. Thread-safe; signals never go back.
 *
 * <pre>
 *   TRAIN --the run ended--> CLOSE --the process ends--> EXIT
 *     \___________________________________________________/
 * </pre>
 */
public final class StopSignal {

    private State state = State.TRAIN;

    private enum State {
        TRAIN,
        CLOSE,
        EXIT
    }

    /** The run ended: no more steps, but groups that arrive are still closed. */
    public synchronized void endRun() {
        if (state == State.TRAIN) {
            state = State.CLOSE;
            notifyAll();
        }
    }

    /** The process ends. */
    public synchronized void exit() {
        state = State.EXIT;
        notifyAll();
    }

    /** Whether steps may be trained. */
    public synchronized boolean training() {
        return state == State.TRAIN;
    }

    /** Whether the thread must return. */
    public synchronized boolean exiting() {
        return state == State.EXIT;
    }

    /**
     * Ends a step that is under way.
     *
     * @throws StepAbandonedException unless steps may be trained
     */
    public void check() {
        if (!training()) {
            throw new StepAbandonedException();
        }
    }

    /** Waits for the end of the process, at most so long. True if it has come. */
    public synchronized boolean awaitExit(Duration limit) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        while (state != State.EXIT) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
