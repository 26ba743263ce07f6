package dev.tracerl.trainer.run;

import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.trainer.in.Batch;
import dev.tracerl.trainer.metrics.TrainerMetrics;
import dev.tracerl.trainer.out.LogState;
import dev.tracerl.trainer.out.Publication;
import dev.tracerl.trainer.out.Retention;
import dev.tracerl.trainer.out.StateFiles;
import dev.tracerl.trainer.out.TrainerLog;
import dev.tracerl.trainer.plan.OutputPlan;
import dev.tracerl.trainer.state.Checkpoint;
import dev.tracerl.trainer.state.CheckpointStore;
import dev.tracerl.trainer.state.Outputs;
import dev.tracerl.trainer.state.Tensors;
import dev.tracerl.trainer.state.TrainerState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a step count: first the checkpoint, then one transaction on the log. What the log has already, because the
 * checkpoint was older than the log, is compared and not written again.
 */
final class Ledger {

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private final OutputPlan plan;
    private final CheckpointStore checkpoints;
    private final TrainerLog log;
    private final LogState onLog;
    private final Retention retention;
    private final TensorSupply tensors;
    private final TrainerMetrics metrics;
    private Duration lastDuration = Duration.ZERO;
    private long newestState; // step of the newest trainer state on the log

    /**
     * The ledger of a session.
     *
     * @param onLog what the log had at its start
     * @param tensors current tensors
     */
    Ledger(Books books, LogState onLog, TensorSupply tensors, TrainerMetrics metrics) {
        this.plan = books.plan();
        this.checkpoints = books.checkpoints();
        this.log = books.log();
        this.retention = new Retention(books.plan());
        this.onLog = onLog;
        this.newestState = onLog.states().isEmpty() ? 0 : onLog.states().lastKey();
        this.tensors = tensors;
        this.metrics = metrics;
    }

    /** Where steps are written down. */
    record Books(OutputPlan plan, CheckpointStore checkpoints, TrainerLog log) {}

    /** Whether the run has all its steps. */
    boolean complete(TrainerState state) {
        return plan.complete(state.step());
    }

    /** How long the last commit took. */
    Duration lastDuration() {
        return lastDuration;
    }

    /**
     * Commits a step.
     *
     * @param after state after it
     * @return the state to go on with
     */
    TrainerState commit(TrainerState after, Outputs outputs, Batch batch) {
        long started = System.nanoTime();
        Tensors current = tensors(after.step(), outputs.publish());
        if (plan.checkpoints(after.step())) {
            checkpoints.write(new Checkpoint(after, current, outputs));
            metrics.checkpoint(since(started));
        }
        TrainerState published = publish(after, current, outputs);
        lastDuration = since(started);
        outputs.step().ifPresent(step -> note(step, batch));
        return published;
    }

    private Tensors tensors(long step, boolean publish) {
        if (plan.checkpoints(step) || plan.keepsState(step)) {
            return tensors.all();
        }
        return publish ? new Tensors(tensors.parameters()) : Tensors.NONE;
    }

    /** Publishes what a checkpoint holds, unless the log has it. */
    TrainerState resume(Checkpoint checkpoint) {
        return publish(checkpoint.state(), checkpoint.tensors(), checkpoint.outputs());
    }

    /** The run has ended: leaves the newest checkpoint's state on the log, unless it has that or a newer one. */
    void finish() {
        checkpoints.newest().ifPresent(newest -> {
            try (Checkpoint checkpoint = newest) {
                if (checkpoint.state().step() > newestState) {
                    log.publish(StateFiles.of(checkpoint));
                }
            }
        });
    }

    private TrainerState publish(TrainerState state, Tensors current, Outputs outputs) {
        List<Long> live = new ArrayList<>(state.live());
        if (outputs.publish() && !live.contains(state.version())) {
            live.add(state.version());
        }
        if (onLog.has(state.step())) {
            compare(state.version(), current, outputs);
            return state.withLive(live);
        }
        retention.evaluated(log.newEvaluations());
        List<Long> droppable = outputs.publish() ? retention.droppable(live) : List.of();
        long started = System.nanoTime();
        Publication publication = new Publication(
                state.version(),
                outputs,
                current.parameters(),
                plan.base(state.version()),
                droppable,
                kept(state, current, outputs));
        List<Long> dropped = log.publish(publication);
        publication.state().ifPresent(published -> newestState = published.step());
        if (outputs.publish()) {
            metrics.published(publication.kind(), current.parameters().size(), since(started));
        }
        live.removeAll(dropped);
        return state.withLive(live);
    }

    /** What another run left is left again by the one that goes on from it, which then needs its own log alone. */
    private Optional<StateFiles> kept(TrainerState state, Tensors current, Outputs outputs) {
        return plan.keepsState(state.step()) || state.inherited()
                ? Optional.of(StateFiles.of(new Checkpoint(state, current, outputs)))
                : Optional.empty();
    }

    /** Repeated training must give what was published. It does on one machine; another one may round differently. */
    private void compare(long version, Tensors current, Outputs outputs) {
        WeightManifest manifest = onLog.versions().get(version);
        if (manifest == null || !outputs.publish()) {
            return;
        }
        String found = current.parameters().sha256();
        if (!found.equals(manifest.getSha256())) {
            LOG.atWarn()
                    .addKeyValue("policyVersion", version)
                    .addKeyValue("published", manifest.getSha256())
                    .addKeyValue("found", found)
                    .log("this trainer's weights differ from those that were published");
        }
    }

    private void note(TrainStep step, Batch batch) {
        metrics.step(step, batch.groups());
        LOG.atInfo()
                .addKeyValue("step", step.getStep())
                .addKeyValue("loss", step.getLoss())
                .addKeyValue("reward", step.getMeanReward())
                .addKeyValue("lagMax", step.getLagMax())
                .addKeyValue("waitMillis", step.getWaitMillis())
                .addKeyValue("trainMillis", step.getTrainMillis())
                .addKeyValue("publishMillis", lastDuration.toMillis())
                .log("step done");
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
