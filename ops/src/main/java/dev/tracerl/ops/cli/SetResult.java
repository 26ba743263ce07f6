package dev.tracerl.ops.cli;

import dev.tracerl.ops.follow.RunProgress;
import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.EvaluationPlan;
import java.util.List;
import java.util.Map;

/**
 * Result of an evaluation on a task set, as commands print it with {@code --json}.
 *
 * @param version version that was evaluated
 */
record SetResult(
        String set,
        long version,
        int tasks,
        int samples,
        int excluded,
        int correct,
        double accuracy,
        double meanScore) {

    /** The newest result on each task set that a run evaluates. */
    static List<SetResult> newest(RunProgress progress) {
        return progress.spec().getEvaluation().stream()
                .map(EvaluationPlan::getSet)
                .map(progress::evaluations)
                .filter(evaluations -> !evaluations.isEmpty())
                .map(evaluations -> evaluations.lastEntry())
                .map(Map.Entry::getValue)
                .map(SetResult::of)
                .toList();
    }

    private static SetResult of(Evaluation evaluation) {
        return new SetResult(
                evaluation.getSet(),
                evaluation.getVersion(),
                evaluation.getTasks(),
                evaluation.getSamples(),
                evaluation.getExcluded(),
                evaluation.getCorrect(),
                evaluation.getAccuracy(),
                evaluation.getMeanScore());
    }
}
