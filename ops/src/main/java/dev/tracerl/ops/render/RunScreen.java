package dev.tracerl.ops.render;

import dev.tracerl.ops.follow.RunListener;
import dev.tracerl.ops.follow.RunProgress;
import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.TrainStep;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows a run: a bar, a line per training step, and a line per evaluation of another set than the stop rule's. */
public final class RunScreen implements RunListener {

    private final Screen screen;
    private final String phase;
    private final @Nullable String heldOut;
    private final Runnable onTick;
    private long previousMillis = -1;
    private @Nullable Evaluation newest;
    private String accuracy = "";

    /**
     * A view of one run.
     *
     * @param phase short name of the run
     * @param heldOut task set whose accuracy is shown in the lines of the steps, if any
     * @param onTick called several times a second
     */
    public RunScreen(Screen screen, String phase, @Nullable String heldOut, Runnable onTick) {
        this.screen = screen;
        this.phase = phase;
        this.heldOut = heldOut;
        this.onTick = onTick;
    }

    @Override
    public void caughtUp(RunProgress progress) {
        int done = progress.steps().size();
        if (done > 0) {
            TrainStep last = progress.steps().get(done - 1);
            previousMillis = last.getAt().toEpochMilli();
            screen.line("run " + progress.spec().getRunId() + ": " + last.getStep() + " steps are on the log already");
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
        if (evaluation.getSet().equals(heldOut)) {
            newest = evaluation;
            accuracy = String.format(Locale.ROOT, "held-out %.1f %%", 100 * evaluation.getAccuracy());
        } else {
            screen.line(String.format(
                    Locale.ROOT,
                    "version %d on %s: %d of %d right, %.1f %%",
                    evaluation.getVersion(),
                    evaluation.getSet(),
                    evaluation.getCorrect(),
                    evaluation.getSamples(),
                    100 * evaluation.getAccuracy()));
        }
    }

    @Override
    public void tick(RunProgress progress) {
        onTick.run();
        int steps = progress.steps().size();
        long maxSteps = progress.spec().getStop().getMaxSteps();
        screen.progress(phase, steps, maxSteps, note(progress));
    }

    private String note(RunProgress progress) {
        return progress.status()
                .map(RunStatus::getState)
                .map(found -> found == RunState.STOPPING ? "evaluating the final version" : accuracy)
                .orElse("starting");
    }
}
