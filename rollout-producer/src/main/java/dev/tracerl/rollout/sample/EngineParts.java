package dev.tracerl.rollout.sample;

import dev.tracerl.rollout.group.SampledTrajectory;
import dev.tracerl.rollout.metrics.RolloutMetrics;
import dev.tracerl.rollout.weights.PolicySource;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the engine works with.
 *
 * @param factory called once on the engine's thread, which owns everything native
 * @param output takes finished responses, on the engine's thread
 */
public record EngineParts(
        WorkQueue queue,
        PolicySource source,
        Supplier<SamplerFactory> factory,
        Consumer<SampledTrajectory> output,
        RolloutMetrics metrics,
        Clock clock) {}
