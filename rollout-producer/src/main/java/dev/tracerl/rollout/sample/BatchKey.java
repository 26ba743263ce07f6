package dev.tracerl.rollout.sample;

import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.rollout.group.RolloutGroup;

/**
 * What the groups of one batch have in common.
 *
 * @param version the pinned version; {@link #NEWEST} for groups that follow the trainer
 * @param group the only group of the batch in deterministic mode, otherwise empty
 */
record BatchKey(long version, SamplerSettings settings, String group) {

    static final long NEWEST = -1;

    static BatchKey of(RolloutGroup group, boolean alone) {
        return new BatchKey(pinned(group), group.settings(), alone ? group.id() : "");
    }

    /** The version that a group must be sampled with; {@link #NEWEST} if any. */
    static long pinned(RolloutGroup group) {
        Long version = group.request().getPinnedVersion();
        return version == null ? NEWEST : version;
    }
}
