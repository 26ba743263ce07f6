package dev.tracerl.ops.cli;

import java.util.List;

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

    static EvaluationResult of(String runId, long version, RunResult evaluation) {
        return new EvaluationResult(
                runId, version, evaluation.runId(), evaluation.state(), evaluation.reason(), evaluation.sets());
    }
}
