package dev.tracerl.rollout.sample;

import dev.tracerl.rollout.group.RolloutGroup;
import dev.tracerl.rollout.weights.PolicyWeights;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The batches that are being sampled. Not thread-safe. */
final class Batches implements AutoCloseable {

    private final Map<BatchKey, RunningBatch> running = new LinkedHashMap<>();
    private final SamplerFactory factory;
    private final boolean alone;

    /** @param alone whether every group is a batch of its own */
    Batches(SamplerFactory factory, boolean alone) {
        this.factory = factory;
        this.alone = alone;
    }

    /**
     * Adds a group to its batch.
     *
     * @param pinned the weights of a pinned group
     */
    void add(RolloutGroup group, @Nullable PolicyWeights pinned, Instant now) {
        running.computeIfAbsent(
                        BatchKey.of(group, alone), key -> new RunningBatch(factory.open(key.settings()), pinned))
                .add(group, now);
    }

    /** The batches of requests on the log. */
    List<RunningBatch> rollouts() {
        return of(false);
    }

    /** The batches that clients wait for. */
    List<RunningBatch> completions() {
        return of(true);
    }

    private List<RunningBatch> of(boolean completions) {
        return running.entrySet().stream()
                .filter(entry -> entry.getKey().completions() == completions)
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Closes a batch with all that is in it. */
    void remove(RunningBatch batch) {
        running.values().remove(batch);
        batch.close();
    }

    /** Closes the batches that are empty. */
    void sweep() {
        for (Iterator<RunningBatch> batches = running.values().iterator(); batches.hasNext(); ) {
            RunningBatch batch = batches.next();
            if (batch.active() == 0) {
                batches.remove();
                batch.close();
            }
        }
    }

    /** Sequences of requests on the log. */
    int active() {
        return rollouts().stream().mapToInt(RunningBatch::active).sum();
    }

    /** Sequences that clients wait for. */
    int activeCompletions() {
        return completions().stream().mapToInt(RunningBatch::active).sum();
    }

    boolean holds(RolloutGroup group) {
        return running.values().stream().anyMatch(batch -> batch.holds(group));
    }

    /** Whether a batch for the group is open. */
    boolean isOpenFor(RolloutGroup group) {
        return running.containsKey(BatchKey.of(group, alone));
    }

    /** The weights of a pinned version that is being sampled for the log. */
    Optional<PolicyWeights> pinned(long version) {
        return running.entrySet().stream()
                .filter(entry ->
                        entry.getKey().version() == version && !entry.getKey().completions())
                .findFirst()
                .flatMap(entry -> entry.getValue().pinned());
    }

    /** Number of pinned versions that are being sampled for the log. */
    long pinnedVersions() {
        return running.keySet().stream()
                .filter(key -> !key.completions())
                .mapToLong(BatchKey::version)
                .filter(version -> version != BatchKey.NEWEST)
                .distinct()
                .count();
    }

    @Override
    public void close() {
        running.values().forEach(RunningBatch::close);
        running.clear();
    }
}
