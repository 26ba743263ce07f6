package dev.tracerl.trainer.run;

import dev.tracerl.schemas.avro.TrainerStateManifest;
import dev.tracerl.schemas.weights.CorruptWeightsException;
import dev.tracerl.schemas.weights.MissingWeightsException;
import dev.tracerl.trainer.out.LogState;
import dev.tracerl.trainer.out.TrainerLog;
import dev.tracerl.trainer.plan.RefusedRunException;
import dev.tracerl.trainer.plan.RunPlan;
import dev.tracerl.trainer.state.Beginning;
import dev.tracerl.trainer.state.Checkpoint;
import dev.tracerl.trainer.state.CheckpointFiles;
import dev.tracerl.trainer.state.CorruptCheckpointException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a session begins: at the newest checkpoint, or at a trainer state on the log if that is newer because the disk was
 * lost, or at the run's first weights.
 *
 * @param plan the run
 * @param ports the outside
 * @param log the session's log
 * @param onLog what it has
 */
record StartingPoint(RunPlan plan, Ports ports, TrainerLog log, LogState onLog) {

    private static final Logger LOG = LoggerFactory.getLogger(StartingPoint.class);

    /**
     * Finds it; to be closed after use.
     *
     * @throws RefusedRunException if the log lacks what the checkpoint was made from
     */
    Checkpoint find() {
        Optional<Checkpoint> onDisk = ports.checkpoints().newest();
        long diskStep = onDisk.map(found -> found.state().step()).orElse(-1L);
        Optional<Checkpoint> fromLog = newerThan(diskStep);
        fromLog.ifPresent(newer -> onDisk.ifPresent(Checkpoint::close));
        Checkpoint start = fromLog.or(() -> onDisk).orElseGet(this::first);
        requireSteps(start.state().step());
        LOG.atInfo()
                .addKeyValue("runId", plan.run().runId())
                .addKeyValue("step", start.state().step())
                .addKeyValue("stepOnLog", onLog.lastStep())
                .log("starting from "
                        + (fromLog.isPresent()
                                ? "a trainer state on the log"
                                : onDisk.isPresent() ? "the checkpoint" : "the initial weights"));
        return start;
    }

    private Optional<Checkpoint> newerThan(long step) {
        return onLog.states().tailMap(step, false).descendingMap().values().stream()
                .flatMap(manifest -> read(manifest).stream())
                .findFirst();
    }

    private Optional<Checkpoint> read(TrainerStateManifest manifest) {
        try {
            return Optional.of(CheckpointFiles.decode(log.read(manifest)));
        } catch (CorruptWeightsException | MissingWeightsException | CorruptCheckpointException e) {
            LOG.atError()
                    .addKeyValue("step", manifest.getStep())
                    .addKeyValue("reason", e.getMessage())
                    .log("a trainer state on the log cannot be used; falling back to the one before it");
            return Optional.empty();
        }
    }

    private void requireSteps(long step) {
        if (step > onLog.lastStep() + 1) {
            throw new RefusedRunException(
                    "the trainer's checkpoint is at step " + step + ", but the log has steps up to " + onLog.lastStep()
                            + " only: it lost records, or is another log");
        }
    }

    private Checkpoint first() {
        try (Beginning beginning = ports.tensors().initial().get()) {
            ports.checkpoints().write(Checkpoint.first(plan.run(), beginning));
        }
        return ports.checkpoints()
                .newest()
                .orElseThrow(
                        () -> new IllegalStateException("the first checkpoint is gone right after it was written"));
    }
}
