package dev.tracerl.reward.topology;

import dev.tracerl.reward.grouping.CheckRules;
import dev.tracerl.reward.metrics.RewardMetrics;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.verifiers.Verifier;
import java.time.Duration;
import java.util.Map;

/**
 * What the topology is built from, besides the run.
 *
 * @param verifiers verifier by kind of task
 * @param checkRules how long checks by workers are waited for
 * @param expireEvery how often groups and checks are checked for their time-outs
 * @param commitEvery time between commits while there is no backlog
 */
public record TopologyParts(
        AvroSerdes serdes,
        Map<String, Verifier> verifiers,
        CheckRules checkRules,
        RewardMetrics metrics,
        Duration expireEvery,
        Duration commitEvery) {

    public TopologyParts {
        verifiers = Map.copyOf(verifiers);
    }
}
