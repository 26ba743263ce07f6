package dev.tracerl.ops.demo;

import dev.tracerl.ops.follow.RunProgress;
import dev.tracerl.ops.render.Screen;
import dev.tracerl.ops.run.PlannedRun;
import dev.tracerl.ops.run.RunConflictException;
import dev.tracerl.ops.run.RunFile;
import dev.tracerl.ops.session.RunDriver;
import dev.tracerl.ops.session.StackSession;
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
        try (StackSession stack = options.session(screen)) {
            RunDriver driver = new RunDriver(stack, screen, stopwatch::tick, options.takeOver());
            stopwatch.enter(Stopwatch.Part.WARM_UP);
            RunProgress warmUp = driver.finish("warm-up", runs.get(0));
            stopwatch.enter(Stopwatch.Part.RL);
            RunProgress rl = driver.finish("TraceRL", runs.get(1));
            DemoState state = stopwatch.write();
            report.show(Summarizer.summarize(options.task(), warmUp, rl, state.seconds()), warmUp, rl);
            stateFile.write(state.asFinished());
        } catch (RunConflictException e) {
            throw new DemoException(e.getMessage() + "\n--fresh makes the demo choose other names itself");
        }
    }
}
