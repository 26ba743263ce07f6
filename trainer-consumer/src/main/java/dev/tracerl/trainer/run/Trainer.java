package dev.tracerl.trainer.run;

import dev.tracerl.trainer.in.Batch;
import dev.tracerl.trainer.in.BatchSource;
import dev.tracerl.trainer.learn.Lesson;
import dev.tracerl.trainer.state.Outputs;
import dev.tracerl.trainer.state.TrainerState;
import dev.tracerl.trainer.stop.StepAbandonedException;
import dev.tracerl.trainer.train.StepResult;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop of training: take a batch, judge it, train on it, make the result durable, publish it.
 *
 * <p>Whatever is killed between two of these, {@link Session} finds out from checkpoint and log how far it came.
 */
final class Trainer {

    private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

    private final BatchSource source;
    private final Lesson lesson;
    private final StepRecorder recorder;
    private final Ledger ledger;
    private TrainerState state;

    Trainer(BatchSource source, Lesson lesson, StepRecorder recorder, Ledger ledger, TrainerState state) {
        this.source = source;
        this.lesson = lesson;
        this.recorder = recorder;
        this.ledger = ledger;
        this.state = state;
    }

    /** Trains until the run has all its steps or is told to stop. */
    void run() throws InterruptedException {
        try {
            while (!ledger.complete(state)) {
                long started = System.nanoTime();
                Optional<Batch> batch = source.next(state);
                if (batch.isEmpty()) {
                    break;
                }
                step(batch.get(), started);
            }
        } catch (StepAbandonedException e) {
            LOG.atInfo().addKeyValue("step", state.step() + 1).log("step abandoned");
        }
    }

    /** The state after the last step. */
    TrainerState state() {
        return state;
    }

    private void step(Batch batch, long started) {
        long trained = System.nanoTime();
        StepResult result = lesson.take(batch.examples(), state.step() + 1, state.updates());
        StepTimes times = StepTimes.between(started, trained, System.nanoTime(), ledger.lastDuration());
        Outputs outputs = recorder.record(state, batch, result, times);
        state = ledger.commit(state.after(result.updates(), batch.after()), outputs, batch);
        source.used(batch);
    }
}
