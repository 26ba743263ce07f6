package dev.tracerl.ops.session;

import dev.tracerl.ops.follow.RunFollower;
import dev.tracerl.ops.follow.RunProgress;
import dev.tracerl.ops.render.RunScreen;
import dev.tracerl.ops.render.Screen;
import dev.tracerl.ops.run.PlannedRun;
import dev.tracerl.ops.run.RunCreator;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;

/** Does runs on a stack, one after the other, and shows them. A run that is on the log already goes on. */
public final class RunDriver {

    private final StackSession stack;
    private final AvroSerdes serdes;
    private final Screen screen;
    private final Runnable onTick;
    private boolean takeOver;

    /**
     * A driver of one stack.
     *
     * @param onTick called several times a second while a run is followed
     * @param takeOver whether the first run may have the services of one that goes on; on a stack that was started for
     *     it nobody follows one
     */
    public RunDriver(StackSession stack, Screen screen, Runnable onTick, boolean takeOver) {
        this.stack = stack;
        this.serdes = stack.connection().serdes();
        this.screen = screen;
        this.onTick = onTick;
        this.takeOver = takeOver || stack.isNew();
    }

    /**
     * Does a run until it is finished.
     *
     * @param phase its short name on the screen
     * @throws dev.tracerl.ops.run.RunConflictException if a run of that name with other settings is there
     * @throws dev.tracerl.ops.stack.StackException if the stack works on another run, or cannot judge the run's tasks
     * @throws RunFailedException if it fails
     */
    public RunProgress finish(String phase, PlannedRun run) {
        RunCreator creator = new RunCreator(stack.connection(), serdes);
        new Handover(creator, screen, takeOver).check(stack.deployment(), run.runId());
        boolean created = creator.create(run);
        screen.line("%s: run %s %s".formatted(phase, run.runId(), created ? "begins" : "goes on"));
        stack.state().ifPresent(local -> WorkerCheck.require(local, run.spec(), stack.connection(), serdes));
        if (creator.assign(stack.deployment(), run.runId())) {
            takeOver = false;
        }
        RunScreen view = new RunScreen(screen, phase, run.spec(), this::tick, this::left);
        RunProgress ended = RunFollower.followResponses(stack.connection(), serdes, run.spec(), view);
        screen.clear();
        RunStatus status = ended.status().orElseThrow();
        if (status.getState() == RunState.FAILED) {
            throw new RunFailedException("run %s failed: %s; when the cause is gone, start anew with --fresh"
                    .formatted(status.getRunId(), status.getReason()));
        }
        screen.line("run %s is finished after %d steps: %s"
                .formatted(status.getRunId(), status.getStep(), status.getReason()));
        return ended;
    }

    private void tick(RunProgress progress) {
        stack.tick(progress.milestones());
        onTick.run();
    }

    /** To end would stop the stack under the run that the services work on now. */
    private void left(String reason) {
        if (!stack.stopsAtEnd()) {
            throw new RunFailedException(reason);
        }
        screen.line("  ! " + reason);
    }
}
