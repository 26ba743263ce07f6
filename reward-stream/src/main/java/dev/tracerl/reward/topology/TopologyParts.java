package dev.tracerl.reward.topology;

import dev.tracerl.reward.metrics.RewardMetrics;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.verifiers.Verifier;
import java.time.Duration;
import java.util.Map;

/**
 * What the topology is built from, besides the run.
 *
 * @param verifiers verifier by kind of task
 * @param expireEvery how often groups are checked for their time-out
 */
public record TopologyParts(
        AvroSerdes serdes, Map<String, Verifier> verifiers, RewardMetrics metrics, Duration expireEvery) {

    public TopologyParts {
        verifiers = Map.copyOf(verifiers);
    }
}
