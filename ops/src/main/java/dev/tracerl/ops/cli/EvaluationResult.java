package dev.tracerl.ops.cli;

import dev.tracerl.ops.follow.RunProgress;
import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.EvaluationPlan;
import dev.tracerl.schemas.avro.RunStatus;
import java.util.List;
import java.util.Map;

/**
 * What {@code eval --json} prints.
 *
 * @param runId run that was evaluated
 * @param version version of it
 * @param evaluationRun run that did it
 * @param state how that run ended
 * @param reason why
 * @param sets result on each task set
 */
record EvaluationResult(
        String runId, long version, String evaluationRun, String state, String reason, List<SetResult> sets) {

    /** Result on a task set. */
    record SetResult(String set, int tasks, int samples, int excluded, int correct, double accuracy, double meanScore) {

        static SetResult of(Evaluation evaluation) {
            return new SetResult(
                    evaluation.getSet(),
                    evaluation.getTasks(),
                    evaluation.getSamples(),
                    evaluation.getExcluded(),
                    evaluation.getCorrect(),
                    evaluation.getAccuracy(),
                    evaluation.getMeanScore());
        }
    }

    static EvaluationResult of(String runId, long version, RunProgress progress) {
        RunStatus status = progress.status().orElseThrow();
        List<SetResult> sets = progress.spec().getEvaluation().stream()
                .map(EvaluationPlan::getSet)
                .map(progress::evaluations)
                .filter(evaluations -> !evaluations.isEmpty())
                .map(evaluations -> evaluations.lastEntry())
                .map(Map.Entry::getValue)
                .map(SetResult::of)
                .toList();
        return new EvaluationResult(
                runId, version, status.getRunId(), status.getState().name(), status.getReason(), sets);
    }
}
