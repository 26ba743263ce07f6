package dev.tracerl.trainer.run;

import dev.tracerl.trainer.in.BatchSource;
import dev.tracerl.trainer.in.NothingSource;
import dev.tracerl.trainer.learn.Anchor;
import dev.tracerl.trainer.learn.Critics;
import dev.tracerl.trainer.learn.Lesson;
import dev.tracerl.trainer.out.LogState;
import dev.tracerl.trainer.out.TrainerLog;
import dev.tracerl.trainer.plan.RefusedRunException;
import dev.tracerl.trainer.plan.RunPlan;
import dev.tracerl.trainer.plan.TrainingPlan;
import dev.tracerl.trainer.state.Checkpoint;
import dev.tracerl.trainer.state.TrainerState;
import dev.tracerl.trainer.train.Critic;
import dev.tracerl.trainer.train.DivergedException;
import dev.tracerl.trainer.train.Learner;
import dev.tracerl.trainer.train.StepTrainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work on a run from one failure to the next. A session begins with what the last one left: it fences whoever trained
 * before, loads the newest checkpoint, publishes what the log lacks of it, and goes on. There is no other recovery.
 */
final class Session {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final RunPlan plan;
    private final Ports ports;

    Session(RunPlan plan, Ports ports) {
        this.plan = plan;
        this.ports = ports;
    }

    /**
     * Works until the process ends.
     *
     * @throws RefusedRunException if the run cannot be trained
     */
    void run() throws InterruptedException {
        try (TrainerLog log = ports.logs().open()) {
            LogState onLog = log.fence();
            requireNotRolledBack(onLog);
            try (Checkpoint start = new StartingPoint(plan, ports, log, onLog).find()) {
                ports.controls().condition().working();
                work(start, log, onLog);
            }
        }
    }

    private void work(Checkpoint start, TrainerLog log, LogState onLog) throws InterruptedException {
        if (plan.training().isPresent()) {
            train(plan.training().get(), start, log, onLog);
        } else {
            ledger(log, onLog, TensorSupply.none()).resume(start);
            new NothingSource(ports.controls().stop()).drain();
        }
    }

    /** Steps and versions would be numbered a second time. A run that is known to be over trains nothing anyway. */
    private void requireNotRolledBack(LogState onLog) {
        if (ports.controls().stop().training()) {
            onLog.rolledBack().ifPresent(version -> {
                throw new RefusedRunException(
                        ("the run was rolled back from version %d to version %d and cannot be trained on; "
                                        + "fork it: tracerl fork --run %s --at %d --as NAME")
                                .formatted(
                                        version.getRolledBackFrom(),
                                        version.getVersion(),
                                        plan.run().runId(),
                                        version.getVersion()));
            });
        }
    }

    private void train(TrainingPlan training, Checkpoint start, TrainerLog log, LogState onLog)
            throws InterruptedException {
        Runnable checkStop = ports.controls().stop()::check;
        try (Learner learner = ports.tensors().learners().open(start.tensors());
                Critic critic = Critics.open(training, ports.tensors(), start.tensors(), checkStop);
                Anchor anchor = Anchor.of(training.steps(), ports.tensors(), start)) {
            Ledger ledger = ledger(log, onLog, TensorSupply.of(learner, critic));
            TrainerState state = ledger.resume(start);
            start.close(); // its files are read, and may be deleted
            LogState now = onLog.plus(start.outputs().outcomes());
            try (BatchSource source = new Sources(training, ports, log, now).open(state)) {
                StepTrainer steps = new StepTrainer(learner, training.steps(), anchor.policy(), checkStop);
                StepRecorder recorder = new StepRecorder(
                        plan.output(), ports.controls().clock(), ports.tensors().device());
                Trainer trainer = new Trainer(source, new Lesson(critic, steps), recorder, ledger, state);
                run(trainer, log);
                if (!ports.controls().stop().exiting()) {
                    ledger.finish();
                }
                source.drain();
            }
        }
    }

    private void run(Trainer trainer, TrainerLog log) throws InterruptedException {
        try {
            trainer.run();
        } catch (DivergedException e) {
            fail(e, trainer.state(), log);
        }
    }

    private void fail(DivergedException e, TrainerState state, TrainerLog log) {
        String reason = "step " + (state.step() + 1) + " diverged: " + e.getMessage() + "; groups " + e.groups();
        LOG.atError()
                .addKeyValue("step", state.step() + 1)
                .addKeyValue("reason", e.getMessage())
                .addKeyValue("trajectoryIds", e.trajectories())
                .log("training diverged");
        long newest =
                state.live().isEmpty() ? -1 : state.live().get(state.live().size() - 1);
        Ports.Controls controls = ports.controls();
        log.write(controls.status()
                .failed(reason, state.step(), newest, controls.clock().instant()));
        controls.condition().failed(reason);
        controls.stop().endRun();
    }

    private Ledger ledger(TrainerLog log, LogState onLog, TensorSupply tensors) {
        Ledger.Books books = new Ledger.Books(plan.output(), ports.checkpoints(), log);
        return new Ledger(books, onLog, tensors, ports.controls().metrics());
    }
}
