package dev.tracerl.rollout.sample;

import dev.tracerl.schemas.avro.GroupSpec;
import dev.tracerl.schemas.avro.RunSpec;

/**
 * How the engine fills its batches.
 *
 * @param activeSequences sequences in all batches together beyond which no group is added
 * @param pinnedVersions pinned versions that are sampled at one time
 * @param maxLag most versions that the trainer may be ahead of a training group
 * @param timeoutMillis age at which a training request is not worth sampling any more; 0 for never
 * @param deterministic whether every group on the log is a batch of its own
 * @param completions what clients may take beside the groups on the log
 */
public record EngineSettings(
        int activeSequences,
        int pinnedVersions,
        int maxLag,
        long timeoutMillis,
        boolean deterministic,
        Completions completions) {

    /**
     * What clients may take.
     *
     * @param sequences sequences of theirs that are sampled at one time
     * @param share most of the engine's time while there are groups on the log, in (0, 1]
     */
    public record Completions(int sequences, double share) {}

    /** The settings for a run. A deterministic one is sampled group by group. */
    public static EngineSettings of(RunSpec run, int activeSequences, int pinnedVersions, Completions completions) {
        GroupSpec groups = run.getGroups();
        return new EngineSettings(
                run.getDeterministic() ? 1 : activeSequences,
                pinnedVersions,
                run.getDeterministic() ? 0 : groups.getMaxLag(),
                run.getDeterministic() ? 0 : groups.getTimeoutMillis(),
                run.getDeterministic(),
                completions);
    }
}
