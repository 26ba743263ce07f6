package dev.tracerl.rollout.weights;

import java.time.Duration;

/** Told what became of versions, on the loader's thread. */
public interface WeightListener {

    /**
     * An announced version can be used.
     *
     * @param took from its announcement
     */
    void loaded(PolicyWeights weights, Duration took);

    /** An announced version must not be used; the one before it stays. */
    void refused(RefusedWeights weights);

    /** More is known of a pinned version. */
    void pinnedChanged();

    /**
     * A pinned version could not be fetched, though it may be usable.
     *
     * @return whether the loader goes on, and only tells who asks for the version
     */
    boolean pinnedFailed(long version, Throwable cause);

    /** The loader cannot go on. */
    void failed(Throwable cause);
}
