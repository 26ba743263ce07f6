package dev.tracerl.reward.metrics;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether workers have never been heard of, which is told once a minute at most. Thread-safe. */
final class WorkerSilence {

    private static final Duration PAUSE = Duration.ofMinutes(1);

    private @Nullable Instant told;
    private boolean ended;

    /** One was heard of. */
    synchronized void end() {
        ended = true;
    }

    /** Whether it is time to tell it; if so, it counts as told. */
    synchronized boolean isToBeTold(Instant now) {
        boolean isDue = !ended && (told == null || !told.plus(PAUSE).isAfter(now));
        told = isDue ? now : told;
        return isDue;
    }
}
