package dev.tracerl.reward.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Meters of one run. A record that is processed again after a crash is counted again. Thread-safe. */
public final class RewardMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(RewardMetrics.class);

    private final MeterRegistry registry;
    private final Tags run;
    private final WorkerSilence silence = new WorkerSilence();
    private final Map<String, AtomicLong> gauges = new ConcurrentHashMap<>();
    // Meters of every trajectory: the registry looks for them by all their tags.
    private final Map<String, Counter> verdicts = new ConcurrentHashMap<>();
    private final Map<String, Timer> durations = new ConcurrentHashMap<>();
    private final Map<String, DistributionSummary> scores = new ConcurrentHashMap<>();

    public RewardMetrics(MeterRegistry registry, String runId) {
        this.registry = registry;
        this.run = Tags.of("run", runId);
    }

    /** A copy of a trajectory that has been settled before, or one of a group that has ended. */
    public void duplicate(String trajectoryId) {
        counter("rl.duplicates.suppressed", Tags.empty()).increment();
        LOG.atDebug().addKeyValue("trajectoryId", trajectoryId).log("duplicate trajectory");
    }

    /** A group took its last sample, or its time was over. */
    public void closed(boolean timedOut, Duration sinceRequest) {
        Timer.builder("reward.group.wait")
                .tags(run.and("closed", timedOut ? "time-out" : "complete"))
                .publishPercentileHistogram()
                .register(registry)
                .record(sinceRequest);
    }

    /** Open groups of a partition. */
    public void openGroups(int partition, int groups) {
        gauge("reward.group.open", Tags.of("partition", String.valueOf(partition)), groups);
    }

    /** A trajectory was judged. */
    public void judged(String verifier, String outcome, Duration duration) {
        verdicts.computeIfAbsent(
                        verifier + "/" + outcome,
                        key -> counter("reward.verdicts", Tags.of("verifier", verifier, "outcome", outcome)))
                .increment();
        durations
                .computeIfAbsent(
                        verifier,
                        key -> Timer.builder("reward")
                                .tags(run.and("verifier", verifier))
                                .publishPercentileHistogram()
                                .register(registry))
                .record(duration);
    }

    /** A check was sent to the workers. */
    public void checkRequested(String verifier, boolean again) {
        counter("reward.checks.requested", Tags.of("verifier", verifier, "again", String.valueOf(again)))
                .increment();
    }

    /** A worker answered. */
    public void checkAnswered() {
        silence.end();
    }

    /** A check was sent again or given up for want of an answer. */
    public void checkUnanswered(String verifier, Instant now) {
        counter("reward.checks.unanswered", Tags.of("verifier", verifier)).increment();
        if (silence.isToBeTold(now)) {
            LOG.atWarn()
                    .addKeyValue("verifier", verifier)
                    .log("no worker has answered a check yet: is one running for this run? tracerl up --verifiers 1");
        }
    }

    /** A verdict had a score. */
    public void score(String verifier, double score) {
        scores.computeIfAbsent(
                        verifier,
                        key -> DistributionSummary.builder("reward.value")
                                .tags(run.and("component", verifier))
                                .serviceLevelObjectives(0.01, 0.25, 0.5, 0.75, 0.99)
                                .register(registry))
                .record(score);
    }

    /** A group left this service. */
    public void group(String purpose, String ending) {
        counter("reward.groups", Tags.of("purpose", purpose, "ending", ending)).increment();
    }

    /** A group was filtered because all its rewards are equal. */
    public void zeroSignal(boolean allRight) {
        counter("reward.zero.signal.groups", Tags.of("kind", allRight ? "all_right" : "all_wrong"))
                .increment();
    }

    /** A record was refused. */
    public void refused(String topic) {
        counter("reward.dlq", Tags.of("topic", topic)).increment();
    }

    /** A group was requested. */
    public void requested(String purpose) {
        counter("admission.requests", Tags.of("purpose", purpose)).increment();
    }

    /** A task was passed over because it is missing or malformed. */
    public void taskSkipped(String set) {
        counter("admission.tasks.skipped", Tags.of("set", set)).increment();
    }

    /** Tasks were passed over because they are outside of the curriculum's band. */
    public void tasksPassedOver(String set, int tasks) {
        counter("admission.tasks.passed.over", Tags.of("set", set)).increment(tasks);
    }

    /** State of admission: training groups without an outcome, how many more may be requested, newest version. */
    public void admission(long running, long free, long version) {
        gauge("admission.running", Tags.empty(), running);
        gauge("admission.free", Tags.empty(), free);
        gauge("admission.policy.version", Tags.empty(), version);
    }

    /** Whether the run requests one group at a time because nothing could be judged. */
    public void held(boolean held) {
        gauge("admission.held", Tags.empty(), held ? 1 : 0);
    }

    private Counter counter(String name, Tags tags) {
        return registry.counter(name, run.and(tags));
    }

    private void gauge(String name, Tags tags, long value) {
        gauges.computeIfAbsent(name + tags, key -> register(name, tags)).set(value);
    }

    private AtomicLong register(String name, Tags tags) {
        AtomicLong value = new AtomicLong();
        Gauge.builder(name, value, AtomicLong::get).tags(run.and(tags)).register(registry);
        return value;
    }
}
