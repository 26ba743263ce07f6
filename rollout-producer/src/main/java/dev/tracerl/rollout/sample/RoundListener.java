package dev.tracerl.rollout.sample;

import java.time.Duration;

/** Told of the work of a batch. */
interface RoundListener {

    void round(Duration took);

    /**
     * A group ended.
     *
     * @param distinct number of different responses among its samples
     */
    void grouped(int samples, int distinct);
}
