package dev.tracerl.rollout.sample;

import dev.tracerl.model.network.Parameters;
import dev.tracerl.rollout.Specs;
import dev.tracerl.rollout.weights.PinnedWeights;
import dev.tracerl.rollout.weights.PolicySource;
import dev.tracerl.rollout.weights.PolicyWeights;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Weights as a test wants them. */
final class FakeSource implements PolicySource {

    static final Parameters PARAMETERS = Parameters.random(Specs.model(64), 0);

    final Map<Long, PinnedWeights> pinned = new HashMap<>();

    /** Pinned versions that were asked for. */
    final Set<Long> asked = new LinkedHashSet<>();

    private Optional<PolicyWeights> newest = Optional.empty();

    void publish(long version) {
        newest = Optional.of(new PolicyWeights(version, PARAMETERS));
    }

    void pin(long version) {
        pinned.put(version, new PinnedWeights.Ready(new PolicyWeights(version, PARAMETERS)));
    }

    @Override
    public Optional<PolicyWeights> newest() {
        return newest;
    }

    @Override
    public PinnedWeights pinned(long version) {
        asked.add(version);
        return pinned.getOrDefault(version, new PinnedWeights.Loading());
    }
}
