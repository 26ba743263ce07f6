package dev.tracerl.reward.worker;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.verifiers.Verifier;
import java.time.Duration;
import java.util.Map;

/**
 * What a worker works with.
 *
 * @param verifiers verifier by kind of task
 * @param name name of the worker, unique within its deployment and stable over restarts
 * @param sessionTimeout how long the broker waits for a worker that disappeared before others take over
 * @param attempts how often a check may end its worker before it is refused
 */
public record WorkerParts(
        Connection connection,
        AvroSerdes serdes,
        Map<String, Verifier> verifiers,
        String name,
        Duration sessionTimeout,
        int attempts) {}
