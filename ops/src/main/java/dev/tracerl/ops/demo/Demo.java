package dev.tracerl.ops.demo;

import dev.tracerl.ops.follow.RunFollower;
import dev.tracerl.ops.follow.RunProgress;
import dev.tracerl.ops.render.RunScreen;
import dev.tracerl.ops.render.Screen;
import dev.tracerl.ops.run.PlannedRun;
import dev.tracerl.ops.run.RunConflictException;
import dev.tracerl.ops.run.RunCreator;
import dev.tracerl.ops.run.RunFile;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import java.util.List;
import java.util.Optional;

/**
 * Does the warm-up and the TraceRL run of a task on the local stack. Called again, it goes on where it was; the log
 * knows.
 */
public final class Demo {

    private final DemoOptions options;
    private final Screen screen;
    private final DemoStateFile stateFile;
    private final DemoReport report;

    /** A demo that shows itself on a screen. */
    public Demo(DemoOptions options, Screen screen) {
        this.options = options;
        this.screen = screen;
        this.stateFile = new DemoStateFile(options.stack().dataDir(), options.task());
        this.report = new DemoReport(options, screen);
    }

    /**
     * Runs until the result is there.
     *
     * @throws DemoException with a message for the user
     */
    public void run() {
        Optional<DemoState> earlier = stateFile.read();
        int attempt = Resume.attempt(earlier, options.fresh());
        Overrides overrides = Resume.overrides(earlier, attempt, options.overrides());
        if (earlier.isPresent()
                && earlier.get().attempt() == attempt
                && earlier.get().finished()) {
            screen.line("This demo is finished; --fresh starts another one.");
            report.showAgain();
            return;
        }
        List<PlannedRun> runs =
                RunFile.read(options.runFile(), documents -> RunEdits.apply(documents, overrides, attempt));
        DemoState state = Resume.state(earlier, attempt, settings(runs.get(1)));
        run(runs, new Stopwatch(stateFile, state));
    }

    private static DemoState.Settings settings(PlannedRun rl) {
        Double target = rl.spec().getStop().getTargetAccuracy();
        return new DemoState.Settings(
                rl.spec().getSeed(),
                rl.spec().getGroups().getMaxLag(),
                rl.spec().getStop().getMaxSteps(),
                target == null ? 1 : target);
    }

    private void run(List<PlannedRun> runs, Stopwatch stopwatch) {
        try (StackSession stack = StackSession.open(options, screen)) {
            stopwatch.enter(Stopwatch.Part.WARM_UP);
            AvroSerdes serdes = stack.connection().serdes();
            RunProgress warmUp = follow("warm-up", runs.get(0), new Context(stack, serdes, stopwatch));
            stopwatch.enter(Stopwatch.Part.RL);
            RunProgress rl = follow("TraceRL", runs.get(1), new Context(stack, serdes, stopwatch));
            DemoState state = stopwatch.write();
            report.show(Summarizer.summarize(options.task(), warmUp, rl, state.seconds()), warmUp, rl);
            stateFile.write(state.asFinished());
        }
    }

    /** What both runs need. */
    private record Context(StackSession stack, AvroSerdes serdes, Stopwatch stopwatch) {}

    private RunProgress follow(String phase, PlannedRun run, Context context) {
        RunCreator creator = new RunCreator(context.stack().connection(), context.serdes());
        boolean created = create(creator, run);
        screen.line("%s: run %s %s".formatted(phase, run.runId(), created ? "begins" : "goes on"));
        creator.assign(context.stack().deployment(), run.runId());
        RunScreen view = new RunScreen(screen, phase, run.spec(), () -> {
            context.stack().tick();
            context.stopwatch().tick();
        });
        RunProgress progress = RunFollower.follow(context.stack().connection(), context.serdes(), run.spec(), view);
        screen.clear();
        requireFinished(progress);
        return progress;
    }

    private static boolean create(RunCreator creator, PlannedRun run) {
        try {
            return creator.create(run);
        } catch (RunConflictException e) {
            throw new DemoException(e.getMessage() + "; with --fresh the demo does that itself");
        }
    }

    private void requireFinished(RunProgress progress) {
        RunStatus status = progress.status().orElseThrow();
        if (status.getState() == RunState.FAILED) {
            throw new DemoException("run %s failed: %s; when the cause is gone, start another demo with --fresh"
                    .formatted(status.getRunId(), status.getReason()));
        }
        screen.line("run %s is finished after %d steps: %s"
                .formatted(status.getRunId(), status.getStep(), status.getReason()));
    }
}
