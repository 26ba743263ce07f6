package dev.tracerl.ops.render;

import dev.tracerl.ops.follow.Drought;
import dev.tracerl.ops.follow.RunListener;
import dev.tracerl.ops.follow.RunProgress;
import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.TrainStep;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shows a run: a bar, a line per training step, and a line per evaluation of another set than the stop rule's. */
public final class RunScreen implements RunListener {

    private final Screen screen;
    private final String phase;
    private final RunSpec run;
    private final Consumer<RunProgress> onTick;
    private final Consumer<String> onLeft;
    private long previousMillis = -1;
    private long toldDrought;
    private @Nullable Evaluation newest;
    private String accuracy = "";

    /**
     * A view of one run.
     *
     * @param phase short name of the run
     * @param onTick called several times a second
     * @param onLeft called with the reason, a sentence, when the run stands still; may throw to stop following it
     */
    public RunScreen(Screen screen, String phase, RunSpec run, Consumer<RunProgress> onTick, Consumer<String> onLeft) {
        this.screen = screen;
        this.phase = phase;
        this.run = run;
        this.onTick = onTick;
        this.onLeft = onLeft;
    }

    @Override
    public void caughtUp(RunProgress progress) {
        int done = progress.steps().size();
        if (done > 0) {
            screen.line("run " + run.getRunId() + ": " + done + " steps are on the log already");
        }
    }

    @Override
    public void step(TrainStep step) {
        screen.line(StepLine.of(step, previousMillis, newest));
        previousMillis = step.getAt().toEpochMilli();
        newest = null;
    }

    @Override
    public void evaluated(Evaluation evaluation) {
        if (evaluation.getSet().equals(run.getStop().getTargetSet())) {
            newest = evaluation;
            accuracy = String.format(Locale.ROOT, "held-out %.1f %%", 100 * evaluation.getAccuracy());
        } else {
            screen.line(EvaluationLine.of(run, evaluation));
        }
    }

    @Override
    public void left(String departure) {
        screen.clear();
        onLeft.accept(departure + "; it goes on with: tracerl start --run " + run.getRunId());
    }

    @Override
    public void returned() {
        screen.line("run " + run.getRunId() + " goes on");
    }

    @Override
    public void tick(RunProgress progress) {
        onTick.accept(progress);
        tell(progress.drought());
        int steps = progress.steps().size();
        long maxSteps = run.getStop().getMaxSteps();
        screen.progress(phase, steps, maxSteps, note(progress));
    }

    /** Once, and again whenever it is twice as long. */
    private void tell(Drought drought) {
        long groups = drought.groups();
        if (groups == 0) {
            toldDrought = 0;
        } else if (groups >= 2 * toldDrought) {
            toldDrought = groups;
            drought.problem().ifPresent(problem -> screen.line("  ! " + problem));
        }
    }

    private String note(RunProgress progress) {
        return progress.status()
                .map(RunStatus::getState)
                .map(found -> found == RunState.STOPPING ? "evaluating the final version" : accuracy)
                .orElse("starting");
    }
}
