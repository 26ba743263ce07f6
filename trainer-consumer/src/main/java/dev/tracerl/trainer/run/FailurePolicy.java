package dev.tracerl.trainer.run;

import dev.tracerl.schemas.RunStates;
import dev.tracerl.schemas.client.ServiceMemory;
import dev.tracerl.trainer.out.TrainerLog;
import dev.tracerl.trainer.plan.RefusedRunException;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when the trainer cannot go on. What another process may cure ends this one, for its supervisor to start
 * it again; what would happen again fails the run, and the service waits for the next one.
 */
final class FailurePolicy {

    private static final Logger LOG = LoggerFactory.getLogger(FailurePolicy.class);

    private final TrainerLog.Factory logs;
    private final Ports.Controls controls;
    private final Runnable exit;

    /** @param exit ends the process for a restart; must return soon */
    FailurePolicy(TrainerLog.Factory logs, Ports.Controls controls, Runnable exit) {
        this.logs = logs;
        this.controls = controls;
        this.exit = exit;
    }

    void handle(Throwable failure) {
        if (controls.stop().exiting()) {
            LOG.atWarn().setCause(failure).log("failed while the process was ending");
            return;
        }
        switch (Cure.of(failure)) {
            case TIME, RESTART -> restart(failure);
            case YIELD -> yieldTo(failure);
            case NOTHING -> fail(failure);
        }
    }

    /** Ends the process, which its supervisor starts again. */
    void restart(Throwable failure) {
        String reason = ServiceMemory.TRAINER.advice(failure).orElse(String.valueOf(failure));
        LOG.atError().addKeyValue("reason", reason).setCause(failure).log("the trainer died, exiting for a restart");
        controls.condition().dead(reason);
        exit.run();
    }

    private void yieldTo(Throwable failure) {
        LOG.atError().setCause(failure).log("another trainer has taken over the run; this one stopped");
        controls.condition().superseded("another trainer has taken over: " + failure.getMessage());
    }

    private void fail(Throwable failure) {
        if (failure instanceof RefusedRunException) {
            LOG.atError().addKeyValue("reason", failure.getMessage()).log("the run is refused");
            fail(String.valueOf(failure.getMessage()));
        } else {
            LOG.atError().setCause(failure).log("the trainer failed, and would fail again");
            fail("trainer-consumer failed: " + root(failure));
        }
    }

    /** Tells everyone why a run is not trained, unless it has ended before. */
    private void fail(String reason) {
        controls.condition().failed(reason);
        if (isOver()) {
            return;
        }
        try (TrainerLog log = logs.open()) {
            long lastStep = log.fence().lastStep();
            log.write(controls.status()
                    .failed(
                            reason,
                            lastStep,
                            lastStep == 0 ? -1 : lastStep,
                            controls.clock().instant()));
        } catch (KafkaException e) {
            LOG.atError().setCause(e).log("the failure could not be written to run-status");
            restart(e);
        }
    }

    private boolean isOver() {
        return controls.status().newest().filter(RunStates::isOver).isPresent();
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
