package dev.tracerl.ops.cli;

import dev.tracerl.ops.follow.RunFollower;
import dev.tracerl.ops.follow.RunProgress;
import dev.tracerl.ops.render.EvaluationLine;
import dev.tracerl.ops.render.RunScreen;
import dev.tracerl.ops.render.Screen;
import dev.tracerl.ops.run.PlannedRun;
import dev.tracerl.ops.run.RunCreator;
import dev.tracerl.ops.session.WorkerCheck;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.client.Connection;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/** Starts runs and shows them until they end. */
final class RunShow {

    private final ClusterOptions cluster;
    private final Connection connection;
    private final AvroSerdes serdes;
    private final Screen screen;

    RunShow(ClusterOptions cluster, Connection connection, AvroSerdes serdes, Screen screen) {
        this.cluster = cluster;
        this.connection = connection;
        this.serdes = serdes;
        this.screen = screen;
    }

    /** A run that was started. */
    record Started(String runId, String deployment, boolean created) {}

    /** Creates a run if it is not there and assigns it. */
    Started start(PlannedRun run) {
        String deployment = cluster.deployment();
        RunCreator creator = new RunCreator(connection, serdes);
        boolean created = creator.create(run);
        if (!creator.isOver(run.runId())) {
            cluster.localStack().ifPresent(stack -> WorkerCheck.require(stack, run.spec(), connection, serdes));
        }
        creator.assign(deployment, run.runId());
        screen.line("run " + run.runId() + (created ? " begins" : " goes on") + ", on deployment " + deployment);
        return new Started(run.runId(), deployment, created);
    }

    /** Starts a run and follows it to its end. */
    RunResult follow(PlannedRun run) {
        start(run);
        RunScreen view = new RunScreen(screen, run.runId(), run.spec(), () -> {});
        RunProgress progress = RunFollower.follow(connection, serdes, run.spec(), view);
        screen.clear();
        RunStatus status = progress.status().orElseThrow();
        screen.line("run " + status.getRunId() + " is " + status.getState() + ": " + status.getReason());
        run.spec().getEvaluation().forEach(plan -> {
            Evaluation last = newest(progress.evaluations(plan.getSet()));
            if (last != null) {
                screen.line("  " + EvaluationLine.of(run.spec(), last));
            }
        });
        return RunResult.of(progress);
    }

    private static @Nullable Evaluation newest(NavigableMap<Long, Evaluation> evaluations) {
        return evaluations.isEmpty() ? null : evaluations.lastEntry().getValue();
    }
}
