package dev.tracerl.rollout.weights;

import java.util.Optional;

/** Where the engine gets weights from. Never blocks. */
public interface PolicySource {

    /** The newest usable version; empty before the first. */
    Optional<PolicyWeights> newest();

    /** A given version; asking for one that is not there starts to fetch it. */
    PinnedWeights pinned(long version);
}
