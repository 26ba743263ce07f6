package dev.tracerl.rollout.weights;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it was told. */
final class FakeListener implements WeightListener {

    final List<Long> loaded = new CopyOnWriteArrayList<>();
    final List<RefusedWeights> refused = new CopyOnWriteArrayList<>();
    /** Whether the loader goes on when a pinned version failed. */
    volatile boolean tolerant = true;

    final List<Throwable> failures = new CopyOnWriteArrayList<>();

    @Override
    public void loaded(PolicyWeights weights, Duration took) {
        loaded.add(weights.version());
    }

    @Override
    public void refused(RefusedWeights weights) {
        refused.add(weights);
    }

    @Override
    public void pinnedChanged() {
        // tests ask again
    }

    @Override
    public boolean pinnedFailed(long version, Throwable cause) {
        return tolerant;
    }

    @Override
    public void failed(Throwable cause) {
        failures.add(cause);
    }
}
