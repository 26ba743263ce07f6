package dev.tracerl.schemas;

import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;

/** What states of a run mean. */
public final class RunStates {

    private RunStates() {}

    /** Whether the run has ended, well or not. */
    public static boolean isOver(RunStatus status) {
        return isOver(status.getState());
    }

    /** Whether a run in this state has ended, well or not. */
    public static boolean isOver(RunState state) {
        return state == RunState.FINISHED || state == RunState.FAILED;
    }
}
