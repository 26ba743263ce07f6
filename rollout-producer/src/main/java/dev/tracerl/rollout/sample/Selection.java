package dev.tracerl.rollout.sample;

import dev.tracerl.rollout.group.RolloutGroup;
import dev.tracerl.rollout.weights.PinnedWeights;
import dev.tracerl.rollout.weights.PolicySource;
import dev.tracerl.rollout.weights.PolicyWeights;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One look at the queue: what can be done with a waiting group now. Pinned versions are brought in one after the other,
 * in order of the queue, so that never more than the allowed number is in memory.
 */
final class Selection {

    /** What to do with a group. */
    enum Fate {
        START,
        WAIT,
        REFUSE,
        DROP_EXPIRED,
        DROP_REVOKED
    }

    private final EngineSettings settings;
    private final Batches batches;
    private final PolicySource source;
    private final @Nullable PolicyWeights newest;
    private final Instant expiry;
    private final int active;
    private long wanted = BatchKey.NEWEST;
    private boolean completionWaits;

    /** @param expiry training requests from before this are dropped */
    Selection(
            EngineSettings settings,
            Batches batches,
            PolicySource source,
            @Nullable PolicyWeights newest,
            Instant expiry) {
        this.settings = settings;
        this.batches = batches;
        this.source = source;
        this.newest = newest;
        this.expiry = expiry;
        this.active = batches.active();
    }

    Fate fate(RolloutGroup group) {
        if (group.receipt().revoked()) {
            return Fate.DROP_REVOKED;
        }
        if (group.completion()) {
            return completionFate(group);
        }
        if (expired(group)) {
            return Fate.DROP_EXPIRED;
        }
        if (!hasRoom(group) || batches.holds(group)) {
            return Fate.WAIT;
        }
        long pinned = BatchKey.pinned(group);
        return pinned == BatchKey.NEWEST ? followerFate(group) : pinnedFate(pinned);
    }

    /**
     * Completions start in their order, one kind of batch at a time, so that they need the memory of one. Their limit is
     * their own: they take no place of a group on the log.
     */
    private Fate completionFate(RolloutGroup group) {
        int others = batches.activeCompletions();
        boolean joins = batches.isOpenFor(group)
                && others + group.samples() <= settings.completions().sequences();
        completionWaits |= newest == null || (others > 0 && !joins);
        return completionWaits ? Fate.WAIT : Fate.START;
    }

    private boolean expired(RolloutGroup group) {
        return !group.evaluation() && group.request().getIssuedAt().isBefore(expiry);
    }

    /** A group that is larger than the limit starts when it is alone. */
    private boolean hasRoom(RolloutGroup group) {
        return active == 0 || active + group.samples() <= settings.activeSequences();
    }

    /** A group that would be over-lag from its first block on is not worth sampling; newer weights are on their way. */
    private Fate followerFate(RolloutGroup group) {
        long oldest = group.request().getIssuedAtVersion() - settings.maxLag();
        return newest != null && newest.version() >= oldest ? Fate.START : Fate.WAIT;
    }

    private Fate pinnedFate(long version) {
        if (batches.pinned(version).isPresent()) {
            return Fate.START;
        }
        if (wanted == BatchKey.NEWEST && batches.pinnedVersions() < settings.pinnedVersions()) {
            wanted = version;
        }
        if (wanted != version) {
            return Fate.WAIT;
        }
        PinnedWeights state = source.pinned(version);
        if (state instanceof PinnedWeights.Loading) {
            return Fate.WAIT;
        }
        return state instanceof PinnedWeights.Refused ? Fate.REFUSE : Fate.START;
    }
}
