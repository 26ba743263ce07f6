package dev.tracerl.ops.render;

import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.RunSpec;
import java.util.Locale;

/** One readable line per evaluation. */
public final class EvaluationLine {

    private EvaluationLine() {}

    /** The line; an evaluation run speaks of the version of the other run that it evaluates. */
    public static String of(RunSpec run, Evaluation evaluation) {
        String version = run.getMethod() == Method.EVALUATION && run.getParent() != null
                ? run.getParent()
                : "version " + evaluation.getVersion();
        String excluded = evaluation.getExcluded() == 0 ? "" : ", " + evaluation.getExcluded() + " without a verdict";
        return String.format(
                Locale.ROOT,
                "%s on %s: %d of %d right, %.1f %%, mean score %.3f%s",
                version,
                evaluation.getSet(),
                evaluation.getCorrect(),
                evaluation.getSamples(),
                100 * evaluation.getAccuracy(),
                evaluation.getMeanScore(),
                excluded);
    }
}
