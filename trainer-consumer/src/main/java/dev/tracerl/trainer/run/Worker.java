package dev.tracerl.trainer.run;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on a run: one {@link Session} after another, with a pause after a failure of the broker, the registry or the
 * disk.
 */
final class Worker {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Session session;
    private final Ports.Controls controls;
    private Duration pause = FIRST_PAUSE;

    Worker(Session session, Ports.Controls controls) {
        this.session = session;
        this.controls = controls;
    }

    /**
     * Works until the process ends.
     *
     * @throws RuntimeException if time cannot cure what happened
     */
    void run() throws InterruptedException {
        while (!controls.stop().exiting()) {
            attempt();
        }
    }

    private void attempt() throws InterruptedException {
        long started = System.nanoTime();
        try {
            session.run();
        } catch (RuntimeException e) {
            if (Cure.of(e) != Cure.TIME) {
                throw e;
            }
            LOG.atWarn()
                    .setCause(e)
                    .addKeyValue("pauseMillis", pause.toMillis())
                    .log("failed; trying again");
            controls.condition().retrying(String.valueOf(e.getMessage()));
            pause(Duration.ofNanos(System.nanoTime() - started));
        }
    }

    private void pause(Duration worked) throws InterruptedException {
        pause = worked.compareTo(LONGEST_PAUSE) > 0 ? FIRST_PAUSE : pause;
        controls.stop().awaitExit(pause);
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }
}
