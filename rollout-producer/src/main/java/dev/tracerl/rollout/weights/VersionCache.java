package dev.tracerl.rollout.weights;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pinned versions asked for last. What falls out is freed once no batch uses it any more. Thread-safe. */
final class VersionCache {

    private final Map<Long, PinnedWeights> versions = new LinkedHashMap<>(16, 0.75f, true);
    private final int capacity;

    VersionCache(int capacity) {
        this.capacity = capacity;
    }

    /** What is known of a version; a failure is forgotten with that. */
    synchronized @Nullable PinnedWeights get(long version) {
        PinnedWeights known = versions.get(version);
        if (known instanceof PinnedWeights.Failed) {
            versions.remove(version);
        }
        return known;
    }

    /** Stores a version and forgets the one that was not used for longest, if there are too many. */
    synchronized void put(long version, PinnedWeights weights) {
        versions.put(version, weights);
        if (versions.size() > capacity) {
            versions.remove(versions.keySet().iterator().next());
        }
    }
}
