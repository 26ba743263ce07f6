package dev.tracerl.ops.lineage;

import dev.tracerl.schemas.avro.Stray;
import dev.tracerl.schemas.avro.StrayKind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the log says of one trajectory, from its task to the weights that came out of it.
 *
 * @param trajectoryId the trajectory
 * @param runId its run
 * @param request what was asked; none if it is not on the log
 * @param response what was answered
 * @param verdict what the verifier found; none if it was not judged
 * @param unused its records that were not used, and why
 * @param group how its group ended; none while it is in flight
 * @param training what training used of it; none if its group was not trained
 * @param sampledBy lineage of the newest weights that sampled it; none if they are not on the log
 * @param findings what the log should hold and does not
 */
public record Explanation(
        String trajectoryId,
        String runId,
        @Nullable Request request,
        Response response,
        @Nullable Judgment verdict,
        List<Unused> unused,
        @Nullable Group group,
        @Nullable Training training,
        @Nullable Lineage sampledBy,
        List<String> findings) {

    /**
     * What was asked.
     *
     * @param purpose training or evaluation
     * @param task id of the task
     * @param kind its kind
     * @param prompt what the user asked
     * @param inputs what the verifier was given
     * @param epoch pass over the task set
     * @param samples responses that were asked for
     * @param seed seed of the group's uniforms
     * @param issuedAtVersion trainer's version at that time
     * @param issuedAt when
     */
    public record Request(
            String purpose,
            String task,
            String kind,
            String prompt,
            Map<String, String> inputs,
            int epoch,
            int samples,
            long seed,
            long issuedAtVersion,
            String issuedAt) {}

    /**
     * What was answered.
     *
     * @param text the response
     * @param tokens tokens that were kept
     * @param stop why it ended
     * @param versions policy version of each block
     * @param worker who sampled it
     * @param copies how often it is on the log; the first one counts
     */
    public record Response(String text, int tokens, String stop, List<Long> versions, String worker, int copies) {}

    /**
     * What the verifier found.
     *
     * @param verifier its name and version
     */
    public record Judgment(
            String verifier,
            String outcome,
            @Nullable Double score,
            @Nullable String reason) {}

    /**
     * A record of it that was not used: a stray.
     *
     * @param kind of stray
     * @param reason what that means
     * @param worker who sampled it
     * @param origin where it is, as {@code topic-partition@offset}
     * @param at when that was found
     */
    public record Unused(String kind, String reason, String worker, String origin, String at) {

        static Unused of(Stray stray) {
            return new Unused(
                    stray.getKind().name(),
                    reason(stray.getKind()),
                    stray.getWorker(),
                    "%s-%d@%d".formatted(stray.getTopic(), stray.getPartition(), stray.getOffset()),
                    stray.getAt().toString());
        }

        private static String reason(StrayKind kind) {
            return switch (kind) {
                case DUPLICATE -> "another copy of it came first";
                case LATE -> "it came after its group had ended without it";
                case AFTER_CLOSE ->
                    "it came so long after its group had ended that nobody knows whether a copy of it counts";
                case UNKNOWN -> "for a reason that this version does not know";
            };
        }
    }

    /**
     * How its group ended.
     *
     * @param sample what became of this sample
     * @param reward its reward
     * @param lag trainer's version minus the oldest version in the group
     */
    public record Group(
            String outcome,
            @Nullable String reason,
            String sample,
            @Nullable Double reward,
            @Nullable Long lag,
            String decidedBy) {}

    /**
     * What training used.
     *
     * @param advantage of the whole response
     * @param tokenRewards whether rewards of its tokens replace it
     * @param meanReward of the group
     * @param step that used it; none if none has
     * @param version that came out of the step
     * @param sha256 of that version; none if it was not published
     */
    public record Training(
            double advantage,
            boolean tokenRewards,
            double meanReward,
            @Nullable Long step,
            @Nullable Long version,
            @Nullable String sha256) {}
}
