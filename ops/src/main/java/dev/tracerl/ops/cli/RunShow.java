package dev.tracerl.ops.cli;

import dev.tracerl.ops.follow.RunFollower;
import dev.tracerl.ops.follow.RunProgress;
import dev.tracerl.ops.render.EvaluationLine;
import dev.tracerl.ops.render.RunScreen;
import dev.tracerl.ops.render.Screen;
import dev.tracerl.ops.run.PlannedRun;
import dev.tracerl.ops.run.RunCreator;
import dev.tracerl.ops.session.Handover;
import dev.tracerl.ops.session.RunFailedException;
import dev.tracerl.ops.session.StackWatch;
import dev.tracerl.ops.session.WorkerCheck;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.client.Connection;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Starts runs and shows them until they end. */
final class RunShow {

    private final ClusterOptions cluster;
    private final Connection connection;
    private final AvroSerdes serdes;
    private final Screen screen;
    private final TakeOverOption takeOver;

    RunShow(ClusterOptions cluster, Connection connection, AvroSerdes serdes, Screen screen, TakeOverOption takeOver) {
        this.cluster = cluster;
        this.connection = connection;
        this.serdes = serdes;
        this.screen = screen;
        this.takeOver = takeOver;
    }

    /**
     * A run that was started.
     *
     * @param created false if it was there already
     * @param over whether it was over, so that nothing was started
     */
    record Started(String runId, String deployment, boolean created, boolean over) {}

    /** Creates a run if it is not there and assigns it, unless it is over; then that is said. */
    Started start(PlannedRun run) {
        Started started = begin(run);
        if (started.over()) {
            RunStatus end = end(run.runId()).orElseThrow();
            screen.line("run " + run.runId() + " is over, " + end.getState() + ": " + end.getReason());
        }
        return started;
    }

    /** Whether a run has failed, so that it cannot be started. */
    boolean hasFailed(String runId) {
        return end(runId).filter(end -> end.getState() == RunState.FAILED).isPresent();
    }

    private Optional<RunStatus> end(String runId) {
        return new RunCreator(connection, serdes).end(runId);
    }

    /**
     * Makes sure that the services may work on a run.
     *
     * @throws dev.tracerl.ops.stack.StackException if they work on another one and are not to be taken over
     */
    void requireFree(String runId) {
        RunCreator creator = new RunCreator(connection, serdes);
        new Handover(creator, screen, takeOver.asked()).check(cluster.deployment(), runId);
    }

    private Started begin(PlannedRun run) {
        String deployment = cluster.deployment();
        RunCreator creator = new RunCreator(connection, serdes);
        requireFree(run.runId());
        boolean created = creator.create(run);
        if (creator.end(run.runId()).isPresent()) {
            return new Started(run.runId(), deployment, created, true);
        }
        cluster.localStack().ifPresent(stack -> WorkerCheck.require(stack, run.spec(), connection, serdes));
        cluster.unserved().ifPresent(warning -> screen.line("  ! " + warning));
        creator.assign(deployment, run.runId());
        screen.line("run " + run.runId() + (created ? " begins" : " goes on") + ", on deployment " + deployment);
        return new Started(run.runId(), deployment, created, false);
    }

    /**
     * Starts a run and follows it to its end.
     *
     * @throws RunFailedException if its services are taken off it
     */
    RunResult follow(PlannedRun run) {
        begin(run);
        Optional<StackWatch> watch = cluster.localStack().map(stack -> new StackWatch(cluster.dataDir(), screen));
        RunScreen view = new RunScreen(
                screen,
                run.runId(),
                run.spec(),
                progress -> watch.ifPresent(stack -> stack.tick(progress.milestones())),
                RunShow::standsStill);
        RunProgress ended = RunFollower.follow(connection, serdes, run.spec(), view);
        screen.clear();
        RunStatus status = ended.status().orElseThrow();
        screen.line("run " + status.getRunId() + " is " + status.getState() + ": " + status.getReason());
        run.spec().getEvaluation().forEach(plan -> {
            Evaluation last = newest(ended.evaluations(plan.getSet()));
            if (last != null) {
                screen.line("  " + EvaluationLine.of(run.spec(), last));
            }
        });
        return RunResult.of(ended);
    }

    private static void standsStill(String reason) {
        throw new RunFailedException(reason);
    }

    private static @Nullable Evaluation newest(NavigableMap<Long, Evaluation> evaluations) {
        return evaluations.isEmpty() ? null : evaluations.lastEntry().getValue();
    }
}
