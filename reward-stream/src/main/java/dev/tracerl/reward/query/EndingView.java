package dev.tracerl.reward.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tracerl.schemas.avro.GroupOutcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a group ended.
 *
 * @param step the training step that used it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EndingView(
        String outcome,
        @Nullable String reason,
        String decidedBy,
        Instant decidedAt,
        @Nullable Long step) {

    static EndingView of(GroupOutcome outcome) {
        return new EndingView(
                outcome.getOutcome().name(),
                outcome.getReason(),
                outcome.getDecidedBy(),
                outcome.getAt(),
                outcome.getStep());
    }
}
