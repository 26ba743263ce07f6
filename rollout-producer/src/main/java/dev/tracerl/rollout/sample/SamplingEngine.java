package dev.tracerl.rollout.sample;

import dev.tracerl.rollout.group.RolloutGroup;
import dev.tracerl.rollout.group.SampledTrajectory;
import dev.tracerl.rollout.metrics.RolloutMetrics;
import dev.tracerl.rollout.weights.PinnedWeights;
import dev.tracerl.rollout.weights.PolicySource;
import dev.tracerl.rollout.weights.PolicyWeights;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Samples the waiting groups on one thread. Every pass takes the newest weights, adds groups that fit, and advances
 * every batch by one block round: weights change between rounds, never inside one.
 */
public final class SamplingEngine implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(SamplingEngine.class);
    private static final Duration IDLE = Duration.ofMillis(100);

    private final EngineSettings settings;
    private final WorkQueue queue;
    private final PolicySource source;
    private final Supplier<SamplerFactory> factory;
    private final Consumer<SampledTrajectory> output;
    private final RolloutMetrics metrics;
    private final Clock clock;
    private final Instant startedAt;
    private final CompletionRounds completionRounds;
    private @Nullable PolicyWeights weights;
    private volatile int active;
    private volatile int activeCompletions;
    private volatile boolean closed;

    /** An engine that starts with {@link #run()}. */
    public SamplingEngine(EngineSettings settings, EngineParts parts) {
        this.settings = settings;
        this.queue = parts.queue();
        this.source = parts.source();
        this.factory = parts.factory();
        this.output = parts.output();
        this.metrics = parts.metrics();
        this.clock = parts.clock();
        this.startedAt = clock.instant();
        this.completionRounds = new CompletionRounds(settings.completions().share());
    }

    /** Samples until {@link #stop()}. Failures of the model are thrown: the process must be restarted. */
    @Override
    public void run() {
        try (SamplerFactory opened = factory.get();
                Batches batches = new Batches(opened, settings.deterministic())) {
            while (!closed) {
                pass(batches);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends {@link #run()} after the current round. */
    public void stop() {
        closed = true;
        queue.wake();
    }

    /** Sequences that are being sampled for the log. */
    public int active() {
        return active;
    }

    /** Sequences that are being sampled for clients. */
    public int activeCompletions() {
        return activeCompletions;
    }

    /** Advances everything by one block round, or waits for work. */
    void pass(Batches batches) throws InterruptedException {
        swap();
        admit(batches);
        active = batches.active();
        activeCompletions = batches.activeCompletions();
        if (active + activeCompletions == 0) {
            idle();
            return;
        }
        advance(batches);
        if (activeCompletions > 0) {
            completionRounds.advance(batches, weights, active == 0);
        }
        batches.sweep();
    }

    private void advance(Batches batches) {
        long start = System.nanoTime();
        for (RunningBatch batch : batches.rollouts()) {
            batch.round(weights, rounds).forEach(this::deliver);
        }
        completionRounds.others(System.nanoTime() - start);
    }

    private void swap() {
        PolicyWeights newest = source.newest().orElse(null);
        if (newest != null && (weights == null || newest.version() != weights.version())) {
            weights = newest;
            metrics.using(newest.version());
            LOG.atDebug().addKeyValue("policyVersion", newest.version()).log("weights in use");
        }
    }

    private void admit(Batches batches) {
        Optional<RolloutGroup> next;
        do {
            Selection selection = new Selection(settings, batches, source, weights, expiry());
            next = queue.take(group -> selection.fate(group) != Selection.Fate.WAIT);
            next.ifPresent(group -> begin(group, selection.fate(group), batches));
        } while (next.isPresent());
    }

    /**
     * Requests from before this instant are expired. As for the groups' time-outs downstream, time in which the service
     * was down does not count: before it has been up for that long, none is.
     */
    private Instant expiry() {
        Instant oldest = clock.instant().minusMillis(settings.timeoutMillis());
        return settings.timeoutMillis() > 0 && startedAt.isBefore(oldest) ? oldest : Instant.MIN;
    }

    private void begin(RolloutGroup group, Selection.Fate fate, Batches batches) {
        switch (fate) {
            case START -> start(group, batches);
            case REFUSE -> refuse(group, refusal(group));
            case DROP_EXPIRED -> {
                metrics.skipped("expired");
                group.receipt().drop();
            }
            case DROP_REVOKED -> revoked(group);
            case WAIT -> queue.add(group);
        }
    }

    private void revoked(RolloutGroup group) {
        if (!group.completion()) {
            metrics.skipped("revoked");
        }
    }

    private void start(RolloutGroup group, Batches batches) {
        try {
            batches.add(group, pinned(group, batches), clock.instant());
        } catch (IllegalArgumentException e) {
            batches.sweep();
            refuse(group, "the sampler refuses the request: " + e.getMessage());
        } catch (RuntimeException e) {
            if (!group.completion()) {
                throw e;
            }
            LOG.atError().setCause(e).log("a completion could not be started");
            batches.sweep();
            refuse(group, "sampling could not be started: " + e.getMessage());
        }
    }

    /** The source may have forgotten a version that is still sampled. */
    private @Nullable PolicyWeights pinned(RolloutGroup group, Batches batches) {
        if (group.client() != null) {
            return group.client().pinned().orElse(null);
        }
        long version = BatchKey.pinned(group);
        if (version == BatchKey.NEWEST) {
            return null;
        }
        return batches.pinned(version).orElseGet(() -> ready(version));
    }

    private PolicyWeights ready(long version) {
        if (source.pinned(version) instanceof PinnedWeights.Ready ready) {
            return ready.weights();
        }
        throw new IllegalStateException("version " + version + " was chosen before its weights were there");
    }

    private static void refuse(RolloutGroup group, String reason) {
        group.receipt().refuse(reason);
    }

    private String refusal(RolloutGroup group) {
        String reason =
                source.pinned(BatchKey.pinned(group)) instanceof PinnedWeights.Refused refused ? refused.reason() : "";
        return "the version that the evaluation is pinned to cannot be used: " + reason;
    }

    private void deliver(SampledTrajectory trajectory) {
        metrics.sampled(trajectory.response(), trajectory.queuedMillis());
        output.accept(trajectory);
    }

    private void idle() throws InterruptedException {
        String reason = queue.size() == 0 ? "quota" : "weights";
        long start = System.nanoTime();
        queue.await(IDLE);
        metrics.blocked(reason, Duration.ofNanos(System.nanoTime() - start));
    }

    private final RoundListener rounds = new RoundListener() {
        @Override
        public void round(Duration took) {
            metrics.round(took);
        }

        @Override
        public void grouped(int samples, int distinct) {
            metrics.grouped(samples, distinct);
        }
    };
}
