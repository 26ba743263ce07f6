package dev.tracerl.rollout.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;

/** Counts and times what clients ask, labeled by run and endpoint; the run is empty while there is none. Thread-safe. */
final class ApiMetrics {

    private final MeterRegistry registry;
    private final Tags tags;

    ApiMetrics(MeterRegistry registry, String run, Endpoint endpoint) {
        this.registry = registry;
        this.tags = Tags.of("run", run, "endpoint", endpoint.name().toLowerCase(Locale.ROOT));
    }

    /** @param status of HTTP, or cancelled */
    void ended(String status) {
        registry.counter("rollout.completions.requests", tags.and("status", status))
                .increment();
    }

    void answered(Duration took, int promptTokens, int completionTokens) {
        Timer.builder("rollout.completions")
                .tags(tags)
                .serviceLevelObjectives(
                        Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMinutes(1))
                .register(registry)
                .record(took);
        registry.counter("rollout.completions.tokens", tags.and("kind", "prompt"))
                .increment(promptTokens);
        registry.counter("rollout.completions.tokens", tags.and("kind", "completion"))
                .increment(completionTokens);
    }
}
