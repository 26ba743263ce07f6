package dev.tracerl.reward.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A group as it is now.
 *
 * <pre>
 *   REQUESTED --request read--> OPEN --complete or timed out--> CLOSED --outcome--> ENDED
 * </pre>
 *
 * <p>CLOSED: it is on its way to an outcome, for most groups the trainer's.
 *
 * @param taskId its task; absent if the instance that answers does not know it
 * @param samples one entry per requested sample; empty while it is REQUESTED or CLOSED
 * @param waiting trajectories that came before the request was read
 * @param unreadable trajectories that could not be decoded
 * @param host the instance that answers
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GroupView(
        String groupId,
        State state,
        @Nullable String purpose,
        @Nullable String taskId,
        @Nullable Instant requestedAt,
        List<SampleView> samples,
        int waiting,
        int unreadable,
        @Nullable EndingView ending,
        String host) {

    /** How far a group is. */
    public enum State {
        REQUESTED,
        OPEN,
        CLOSED,
        ENDED
    }
}
