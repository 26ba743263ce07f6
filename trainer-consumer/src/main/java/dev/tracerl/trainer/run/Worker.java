package dev.tracerl.trainer.run;

import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.trainer.out.TrainerLog;
import dev.tracerl.trainer.plan.RefusedRunException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that works on a run: one {@link Session} after another, with a pause after a failure of the broker, the
 * registry or the disk. What cannot be repaired by trying again ends the thread.
 */
final class Worker implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Session session;
    private final TrainerLog.Factory logs;
    private final Ports.Controls controls;
    private Duration pause = FIRST_PAUSE;

    Worker(Session session, TrainerLog.Factory logs, Ports.Controls controls) {
        this.session = session;
        this.logs = logs;
        this.controls = controls;
    }

    @Override
    public void run() {
        try {
            while (!controls.stop().exiting()) {
                attempt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RefusedRunException e) {
            refuse(logs, controls, e);
        } catch (RuntimeException | Error e) {
            LOG.atError().setCause(e).log("the trainer stopped");
            controls.condition().failed(String.valueOf(e));
        }
    }

    private void attempt() throws InterruptedException {
        long started = System.nanoTime();
        try {
            session.run();
        } catch (KafkaException | UncheckedIOException e) {
            if (Failures.isFinal(e)) {
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

    /** Tells everyone why a run is not trained. */
    static void refuse(TrainerLog.Factory logs, Ports.Controls controls, RefusedRunException refusal) {
        String reason = String.valueOf(refusal.getMessage());
        LOG.atError().addKeyValue("reason", reason).log("the run is refused");
        controls.condition().failed(reason);
        try (TrainerLog log = logs.open()) {
            long lastStep = log.fence().lastStep();
            RunStatus status = controls.status()
                    .failed(
                            reason,
                            lastStep,
                            lastStep == 0 ? -1 : lastStep,
                            controls.clock().instant());
            log.write(status);
        } catch (KafkaException e) {
            LOG.atError().setCause(e).log("the refusal could not be written to run-status");
        }
    }
}
