package dev.tracerl.ops.demo;

import dev.tracerl.ops.follow.RunProgress;
import dev.tracerl.ops.render.Curve;
import dev.tracerl.schemas.avro.Evaluation;
import java.awt.Color;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The learning curve of a demo: held-out accuracy of both runs, mean reward of the TraceRL run. */
final class DemoCurve {

    private static final Color ACCURACY = new Color(0x1f77b4);
    private static final Color REWARD = new Color(0xff7f0e);

    private DemoCurve() {}

    static void write(Path file, RunProgress warmUp, RunProgress rl) {
        long start = warmUp.steps().size();
        List<Curve.Point> accuracy = new ArrayList<>(accuracies(warmUp, 0));
        accuracy.addAll(accuracies(rl, start));
        List<Curve.Point> rewards = new ArrayList<>();
        rl.steps().forEach(step -> {
            if (step.getMeanReward() != null) {
                rewards.add(new Curve.Point(start + step.getStep(), step.getMeanReward()));
            }
        });
        new Curve(
                        start,
                        start + rl.steps().size(),
                        List.of(
                                new Curve.Series("held-out accuracy", ACCURACY, accuracy),
                                new Curve.Series("mean reward", REWARD, rewards)))
                .write(file);
    }

    private static List<Curve.Point> accuracies(RunProgress run, long start) {
        String heldOut = run.spec().getStop().getTargetSet();
        if (heldOut == null) {
            return List.of();
        }
        return run.evaluations(heldOut).values().stream()
                .map(evaluation -> point(evaluation, start))
                .toList();
    }

    private static Curve.Point point(Evaluation evaluation, long start) {
        return new Curve.Point((double) start + evaluation.getVersion(), evaluation.getAccuracy());
    }
}
