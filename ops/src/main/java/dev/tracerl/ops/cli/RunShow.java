package dev.tracerl.ops.cli;

import dev.tracerl.ops.follow.RunFollower;
import dev.tracerl.ops.follow.RunProgress;
import dev.tracerl.ops.render.RunScreen;
import dev.tracerl.ops.render.Screen;
import dev.tracerl.ops.run.PlannedRun;
import dev.tracerl.ops.run.RunCreator;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.client.Connection;
import java.util.Locale;
import java.util.NavigableMap;

/** Starts runs and shows them until they end. */
final class RunShow {

    private final Connection connection;
    private final AvroSerdes serdes;
    private final Screen screen;

    RunShow(Connection connection, AvroSerdes serdes, Screen screen) {
        this.connection = connection;
        this.serdes = serdes;
        this.screen = screen;
    }

    /** Creates a run if it is not there and assigns it. */
    void start(PlannedRun run, String deployment) {
        RunCreator creator = new RunCreator(connection, serdes);
        boolean created = creator.create(run);
        creator.assign(deployment, run.runId());
        screen.line("run " + run.runId() + (created ? " is created" : " is there") + " and assigned to " + deployment);
    }

    /** Starts a run and follows it to its end; false if it failed. */
    boolean doRun(PlannedRun run, String deployment) {
        start(run, deployment);
        RunScreen view = new RunScreen(screen, run.runId(), run.spec().getStop().getTargetSet(), () -> {});
        RunProgress progress = RunFollower.follow(connection, serdes, run.spec(), view);
        screen.clear();
        RunStatus status = progress.status().orElseThrow();
        screen.line("run " + status.getRunId() + " is " + status.getState() + ": " + status.getReason());
        run.spec().getEvaluation().forEach(plan -> showLast(plan.getSet(), progress.evaluations(plan.getSet())));
        return status.getState() == RunState.FINISHED;
    }

    private void showLast(String set, NavigableMap<Long, Evaluation> evaluations) {
        if (!evaluations.isEmpty()) {
            Evaluation last = evaluations.lastEntry().getValue();
            screen.line(String.format(
                    Locale.ROOT,
                    "  %-24s version %d: %d of %d right, %.1f %%, mean score %.3f",
                    set,
                    last.getVersion(),
                    last.getCorrect(),
                    last.getSamples(),
                    100 * last.getAccuracy(),
                    last.getMeanScore()));
        }
    }
}
