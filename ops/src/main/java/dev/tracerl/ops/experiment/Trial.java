package dev.tracerl.ops.experiment;

import dev.tracerl.ops.follow.RunProgress;
import dev.tracerl.schemas.avro.EvaluationPlan;
import dev.tracerl.schemas.avro.TrainStep;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What one variant reached with one seed. Accuracies are shares from 0 to 1.
 *
 * @param validation accuracy on the held-out set by version: the first that is evaluated during the run
 * @param before accuracy on the test set before the first step
 * @param last accuracy on the test set of the final version
 * @param steps training steps
 * @param rollouts training responses that were requested
 * @param maxLag largest lag of a trained group
 * @param clipFraction mean over steps
 * @param finalSha256 checksum of the final version's weights
 */
public record Trial(
        String runId,
        long seed,
        NavigableMap<Long, Double> validation,
        double before,
        double last,
        long steps,
        long rollouts,
        long maxLag,
        double clipFraction,
        String finalSha256) {

    /** Reads a finished run. */
    static Trial of(RunProgress run) {
        String test = testSet(run);
        long version = run.finalVersion().orElseThrow(() -> missing("final version", run));
        return new Trial(
                run.spec().getRunId(),
                run.spec().getSeed(),
                validation(run),
                accuracy(run, test, 0),
                accuracy(run, test, version),
                run.steps().size(),
                run.totals().requested(),
                run.totals().maxLag(),
                clipFraction(run.steps()),
                run.sha256(version).orElse(""));
    }

    private static NavigableMap<Long, Double> validation(RunProgress run) {
        NavigableMap<Long, Double> accuracies = new TreeMap<>();
        run.spec().getEvaluation().stream()
                .filter(plan -> plan.getEveryVersions() > 0)
                .findFirst()
                .ifPresent(plan -> run.evaluations(plan.getSet())
                        .forEach((version, result) -> accuracies.put(version, result.getAccuracy())));
        return accuracies;
    }

    private static double clipFraction(List<TrainStep> steps) {
        return steps.stream().mapToDouble(TrainStep::getClipFraction).average().orElse(0);
    }

    /** The set that is evaluated at both ends of the run only. */
    private static String testSet(RunProgress run) {
        return run.spec().getEvaluation().stream()
                .filter(plan -> plan.getEveryVersions() == 0)
                .map(EvaluationPlan::getSet)
                .findFirst()
                .orElseThrow(() -> missing("evaluation with everyVersions 0", run));
    }

    private static double accuracy(RunProgress run, String set, long version) {
        return run.accuracy(set, version).orElseThrow(() -> missing("evaluation of version " + version, run));
    }

    private static IllegalStateException missing(String what, RunProgress run) {
        return new IllegalStateException("run " + run.spec().getRunId() + " has no " + what + " on the log");
    }
}
