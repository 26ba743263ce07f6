package dev.tracerl.rollout.metrics;

import dev.tracerl.core.decode.SampledResponse;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;

/**
 * The service's meters, labeled by run. Names are given with dots; Prometheus shows them with underscores, counters
 * with {@code _total} and timers with {@code _seconds}. Thread-safe.
 */
public final class RolloutMetrics {

    private final MeterRegistry registry;
    private final Tags run;
    private final Counter tokens;
    private final Counter forwards;
    private final Counter checksumFailures;
    private final DistributionSummary tokensPerForward;
    private final DistributionSummary versions;
    private final DistributionSummary unique;
    private final Timer queue;
    private final Timer round;
    private final Timer swap;
    private final AtomicLong version = new AtomicLong(-1);

    public RolloutMetrics(MeterRegistry registry, String runId) {
        this.registry = registry;
        this.run = Tags.of("run", runId);
        this.tokens = registry.counter("rollout.tokens", run);
        this.forwards = registry.counter("rollout.denoise.forwards", run);
        this.checksumFailures = registry.counter("weights.checksum.failures", run);
        this.tokensPerForward = summary("rollout.tokens.per.forward", 0.5, 1, 1.5, 2, 3, 4, 6, 8, 16, 32);
        this.versions = summary("rollout.versions.per.trajectory", 1, 2, 3, 4, 8);
        this.unique = summary("rollout.unique.responses.ratio", 0.1, 0.25, 0.5, 0.75, 0.9, 1);
        this.queue = timer("rollout", "phase", "queue");
        this.round = timer("rollout", "phase", "denoise");
        this.swap = timer("rollout.weight.swap");
        registry.gauge("rollout.policy.version", run, version);
    }

    /** Watches numbers of the caller's state: sequences in batches, groups that wait. */
    public <T> void watch(T state, ToDoubleFunction<T> inflight, ToDoubleFunction<T> waiting) {
        registry.gauge("rollout.inflight", run, state, inflight);
        registry.gauge("rollout.queue.groups", run, state, waiting);
    }

    /** Watches the same of clients: sequences in batches, prompts in progress. */
    public <T> void watchCompletions(T state, ToDoubleFunction<T> inflight, ToDoubleFunction<T> open) {
        registry.gauge("rollout.completions.inflight", run, state, inflight);
        registry.gauge("rollout.completions.prompts", run, state, open);
    }

    /**
     * A response is finished.
     *
     * @param queuedMillis from the request to the start of sampling
     */
    public void sampled(SampledResponse response, long queuedMillis) {
        String reason = response.stopReason().name().toLowerCase(Locale.ROOT);
        registry.counter("rollout.trajectories", run.and("stop_reason", reason)).increment();
        tokens.increment(response.keptTokens());
        forwards.increment(response.forwards());
        if (response.forwards() > 0) {
            tokensPerForward.record((double) response.tokens().length / response.forwards());
        }
        versions.record((double) distinct(response.blockVersions()));
        queue.record(Duration.ofMillis(Math.max(0, queuedMillis)));
    }

    /** A group is finished. */
    public void grouped(int samples, int distinctResponses) {
        unique.record((double) distinctResponses / samples);
    }

    /** A block round of one batch. */
    public void round(Duration took) {
        round.record(took);
    }

    /** A version is in use. */
    public void using(long newVersion) {
        version.set(newVersion);
    }

    /** A version was fetched, verified and parsed. */
    public void swapped(Duration took) {
        swap.record(took);
    }

    /** A version was refused. */
    public void swapRefused() {
        checksumFailures.increment();
    }

    /**
     * The engine had nothing to compute.
     *
     * @param reason weights, quota (no requests), ...
     */
    public void blocked(String reason, Duration time) {
        registry.counter("rollout.blocked.seconds", run.and("reason", reason)).increment(time.toNanos() / 1e9);
    }

    /**
     * A request was not sampled.
     *
     * @param reason expired, revoked
     */
    public void skipped(String reason) {
        registry.counter("rollout.requests.skipped", run.and("reason", reason)).increment();
    }

    /**
     * Something went wrong.
     *
     * @param kind stable name of what, for alerts
     */
    public void error(String kind) {
        registry.counter("rollout.errors", run.and("class", kind)).increment();
    }

    private static long distinct(long[] values) {
        return Arrays.stream(values).distinct().count();
    }

    private DistributionSummary summary(String name, double... buckets) {
        return DistributionSummary.builder(name)
                .tags(run)
                .serviceLevelObjectives(buckets)
                .register(registry);
    }

    private Timer timer(String name, String... tags) {
        return Timer.builder(name)
                .tags(run.and(tags))
                .serviceLevelObjectives(
                        Duration.ofMillis(10),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(1))
                .register(registry);
    }
}
