package dev.tracerl.rollout.sample;

import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.rollout.group.RolloutGroup;

/**
 * What the groups of one batch have in common.
 *
 * @param version the pinned version; {@link #NEWEST} for groups that follow the trainer
 * @param group the only group of the batch in deterministic mode, otherwise empty
 * @param completions whether clients wait for its groups: never together with groups of the log, because sums of another
 *     shape may differ in the last bit
 */
record BatchKey(long version, SamplerSettings settings, String group, boolean completions) {

    static final long NEWEST = -1;

    static BatchKey of(RolloutGroup group, boolean alone) {
        boolean only = alone && !group.completion();
        return new BatchKey(pinned(group), group.settings(), only ? group.id() : "", group.completion());
    }

    /** The version that a group must be sampled with; {@link #NEWEST} if any. */
    static long pinned(RolloutGroup group) {
        Long version = group.request().getPinnedVersion();
        return version == null ? NEWEST : version;
    }
}
