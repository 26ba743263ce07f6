package dev.tracerl.trainer.run;

import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The newest status of a run. Thread-safe. */
final class StatusBoard {

    private final String runId;
    private final AtomicReference<@Nullable RunStatus> newest = new AtomicReference<>();

    StatusBoard(String runId) {
        this.runId = runId;
    }

    /** Takes note of a status. */
    void put(RunStatus status) {
        newest.set(status);
    }

    Optional<RunStatus> newest() {
        return Optional.ofNullable(newest.get());
    }

    /** Whether a status ends training. */
    static boolean ends(RunStatus status) {
        return status.getState() != RunState.RUNNING;
    }

    /** The status of a run that failed. */
    RunStatus failed(String reason, long step, long version, Instant at) {
        Optional<RunStatus> before = newest();
        return RunStatus.newBuilder()
                .setRunId(runId)
                .setState(RunState.FAILED)
                .setReason(reason)
                .setStep(step)
                .setVersion(version)
                .setFinalVersion(before.map(RunStatus::getFinalVersion).orElse(null))
                .setAccuracy(before.map(RunStatus::getAccuracy).orElse(null))
                .setAt(at)
                .build();
    }
}
