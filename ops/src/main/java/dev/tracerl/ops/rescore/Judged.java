package dev.tracerl.ops.rescore;

import dev.tracerl.schemas.avro.VerdictOutcome;
import dev.tracerl.verifiers.Verdict;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What a verifier finds in a logged answer.
 *
 * @param kind name of the verifier
 * @param version its version
 * @param found its verdict
 * @param micros microseconds that it took
 */
record Judged(String kind, String version, Verdict found, long micros) {

    VerdictOutcome outcome() {
        return VerdictOutcome.valueOf(found.outcome().name());
    }

    @Nullable
    Double score() {
        OptionalDouble score = found.score();
        return score.isPresent() ? score.getAsDouble() : null;
    }

    @Nullable
    String reason() {
        return found.reason().isEmpty() ? null : found.reason();
    }
}
