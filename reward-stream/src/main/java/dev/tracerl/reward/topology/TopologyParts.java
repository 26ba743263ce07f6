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
 * @param statusesFrom first offset of run-status that can be of this run; before it is an earlier, deleted run of its name
 * @param expireEvery how often groups and checks are checked for their time-outs
 * @param commitEvery time between commits while there is no backlog
 */
public record TopologyParts(
        AvroSerdes serdes,
        Map<String, Verifier> verifiers,
        CheckRules checkRules,
        RewardMetrics metrics,
        long statusesFrom,
        Duration expireEvery,
        Duration commitEvery) {

    public TopologyParts {
        verifiers = Map.copyOf(verifiers);
    }

    /** Parts for a run whose name no run had before. */
    public TopologyParts(
            AvroSerdes serdes,
            Map<String, Verifier> verifiers,
            CheckRules checkRules,
            RewardMetrics metrics,
            Duration expireEvery,
            Duration commitEvery) {
        this(serdes, verifiers, checkRules, metrics, 0, expireEvery, commitEvery);
    }
}
