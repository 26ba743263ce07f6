package dev.tracerl.trainer.run;

import java.time.Duration;

/**
 * Where the time of a step went.
 *
 * @param waitMillis waiting for its input
 * @param trainMillis forward, backward and update
 * @param publishMillis checkpoint and publication of the step before it
 */
record StepTimes(long waitMillis, long trainMillis, long publishMillis) {

    /** From readings of {@link System#nanoTime}. */
    static StepTimes between(long started, long trained, long ended, Duration publication) {
        return new StepTimes((trained - started) / 1_000_000, (ended - trained) / 1_000_000, publication.toMillis());
    }
}
