package dev.tracerl.ops.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * Result of a demo, as {@code --json} writes it. Accuracies are shares from 0 to 1 on the public test tasks, times are
 * seconds. {@code seconds} covers both runs; {@code trajectories}, {@code trainedTokens} and {@code maxLagSeen} are of
 * the TraceRL run.
 *
 * @param evaluated number of test answers behind each accuracy
 * @param trainedTokens target tokens of all training steps
 * @param finalSha256 checksum of the final version's weights
 */
@JsonPropertyOrder({
    "task",
    "seed",
    "maxLag",
    "accuracy",
    "evaluated",
    "steps",
    "seconds",
    "trajectories",
    "trainedTokens",
    "maxLagSeen",
    "finalVersion",
    "finalSha256"
})
record Summary(
        String task,
        long seed,
        int maxLag,
        Accuracy accuracy,
        int evaluated,
        Steps steps,
        Seconds seconds,
        Trajectories trajectories,
        long trainedTokens,
        long maxLagSeen,
        long finalVersion,
        String finalSha256) {

    /** Shares of right answers. */
    record Accuracy(
            double initial,
            double afterWarmUp,
            @JsonProperty("final") double last) {}

    /** Training steps. */
    record Steps(long warmUp, long rl) {}

    /**
     * Wall time of the parts one after the other, then time of the parts side by side.
     *
     * @param rollout summed over workers
     * @param trainerIdle waiting for groups
     */
    record Seconds(
            double total,
            double startUp,
            double warmUp,
            double rl,
            double rollout,
            double verification,
            double training,
            double trainerIdle) {}

    /** Training trajectories by what became of their group. */
    record Trajectories(long requested, long accepted, long filtered, long expired, long dead, long late) {}
}
