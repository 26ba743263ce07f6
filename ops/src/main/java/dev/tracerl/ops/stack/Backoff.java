package dev.tracerl.ops.stack;

import java.time.Duration;

/** Pauses before restarts: one second, doubling up to half a minute, back to one after a minute of good life. */
final class Backoff {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration GOOD_LIFE = Duration.ofSeconds(60);

    private Duration next = FIRST;

    /** The pause after a process that lived this long. */
    Duration after(Duration life) {
        if (life.compareTo(GOOD_LIFE) >= 0) {
            next = FIRST;
        }
        Duration pause = next;
        next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
        return pause;
    }
}
