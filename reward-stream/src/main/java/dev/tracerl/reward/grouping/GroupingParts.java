package dev.tracerl.reward.grouping;

import dev.tracerl.reward.metrics.RewardMetrics;
import dev.tracerl.reward.port.Outbox;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.verifiers.Verifier;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;

/**
 * What grouping works with.
 *
 * @param decoder decodes the bytes of a trajectory that has been decoded before
 * @param verifiers verifier by kind of task
 */
public record GroupingParts(
        GroupBooks books,
        Outbox outbox,
        Function<byte[], Trajectory> decoder,
        Map<String, Verifier> verifiers,
        CheckRules checkRules,
        InstantSource clock,
        RewardMetrics metrics) {}
