package dev.tracerl.reward.admission;

import dev.tracerl.reward.metrics.RewardMetrics;
import dev.tracerl.reward.port.Outbox;
import dev.tracerl.reward.port.TaskCatalog;
import dev.tracerl.verifiers.Verifier;
import java.time.InstantSource;
import java.util.Map;

/**
 * What admission works with.
 *
 * @param verifiers verifier by kind of task
 */
public record AdmissionParts(
        AdmissionBooks books,
        Outbox outbox,
        TaskCatalog tasks,
        Map<String, Verifier> verifiers,
        InstantSource clock,
        RewardMetrics metrics) {}
