package dev.tracerl.reward.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One sample of a group.
 *
 * @param state MISSING: no trajectory yet; CHECKING: a worker is asked; SETTLED: it has a verdict or went to dead-letters
 * @param result what became of it, once it is settled
 * @param attempt how often a worker has been asked again
 * @param askedAt when a worker was asked last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SampleView(
        int sample,
        State state,
        @Nullable String result,
        @Nullable Double reward,
        @Nullable String reason,
        @Nullable Integer attempt,
        @Nullable Instant askedAt) {

    /** How far a sample is. */
    public enum State {
        MISSING,
        CHECKING,
        SETTLED
    }
}
