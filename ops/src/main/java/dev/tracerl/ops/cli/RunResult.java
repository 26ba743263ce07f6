package dev.tracerl.ops.cli;

import dev.tracerl.ops.follow.RunProgress;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code run}, {@code start} and {@code fork --start} print with {@code --json}.
 *
 * @param state how the run ended
 * @param reason why
 * @param step training steps done
 * @param version newest version
 * @param finalVersion its result
 * @param sets newest result on each task set
 */
record RunResult(
        String runId,
        String state,
        String reason,
        long step,
        long version,
        @Nullable Long finalVersion,
        List<SetResult> sets) {

    static RunResult of(RunProgress progress) {
        RunStatus status = progress.status().orElseThrow();
        return new RunResult(
                status.getRunId(),
                status.getState().name(),
                status.getReason(),
                status.getStep(),
                status.getVersion(),
                status.getFinalVersion(),
                SetResult.newest(progress));
    }

    /** What the exit code says. */
    int exitCode() {
        return state.equals(RunState.FINISHED.name()) ? ExitCode.SUCCESS : ExitCode.FINDING;
    }
}
