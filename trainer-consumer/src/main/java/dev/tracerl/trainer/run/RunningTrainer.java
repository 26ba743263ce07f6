package dev.tracerl.trainer.run;

import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.client.TopicFollower;
import dev.tracerl.trainer.metrics.TrainerMetrics;
import dev.tracerl.trainer.plan.Planner;
import dev.tracerl.trainer.plan.RunPlan;
import dev.tracerl.trainer.state.DirectoryLock;
import dev.tracerl.trainer.stop.StopSignal;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run being worked on by a thread of its own, from its assignment to the end of the process. */
public final class RunningTrainer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunningTrainer.class);
    private static final Duration STATUS_WAIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(8);

    private final RunSpec spec;
    private final Environment environment;
    private final Condition condition;
    private final Runnable exit;
    private final StopSignal stop = new StopSignal();
    private final StatusBoard status;
    private final Thread thread;

    /**
     * Starts to work on a run.
     *
     * @param condition told how it goes
     * @param exit ends the process for a restart; must return soon
     */
    public RunningTrainer(RunSpec spec, Environment environment, Condition condition, Runnable exit) {
        this.spec = spec;
        this.environment = environment;
        this.condition = condition;
        this.exit = exit;
        this.status = new StatusBoard(spec.getRunId());
        this.thread = new Thread(this::work, "trainer");
        thread.setDaemon(true);
        thread.start();
    }

    private void work() {
        TrainerMetrics metrics = new TrainerMetrics(environment.meters(), spec.getRunId());
        Ports.Controls controls = new Ports.Controls(environment.clock(), stop, status, condition, metrics);
        FailurePolicy failures = new FailurePolicy(() -> environment.log(spec), controls, exit);
        condition.working();
        try (DirectoryLock lock = DirectoryLock.of(environment.directory(spec));
                TopicFollower<RunStatus> follower = follow(failures)) {
            LOG.atInfo().addKeyValue("directory", lock.directory()).log("keeping checkpoints");
            if (!follower.awaitCaughtUp(STATUS_WAIT)) {
                LOG.atWarn().addKeyValue("runId", spec.getRunId()).log("run-status could not be read yet");
            }
            RunPlan plan = Planner.plan(spec);
            environment.requireStore(spec);
            Session session =
                    new Session(plan, environment.ports(spec, plan, () -> environment.log(spec, plan), controls));
            new Worker(session, controls).run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            failures.handle(e);
        }
    }

    private TopicFollower<RunStatus> follow(FailurePolicy failures) {
        return new TopicFollower<>(
                environment.connection(),
                environment.serdes(),
                Topics.RUN_STATUS,
                this::statusChanged,
                failures::restart);
    }

    private void statusChanged(String runId, Optional<RunStatus> changed) {
        if (runId.equals(spec.getRunId()) && changed.isPresent()) {
            status.put(changed.get());
            if (StatusBoard.ends(changed.get())) {
                condition.over("run %s is %s: %s"
                        .formatted(
                                runId, changed.get().getState(), changed.get().getReason()));
                stop.endRun();
            }
        }
    }

    /** Stops: the micro-batch under way is finished, the step is not. Waits, but not for ever. */
    @Override
    public void close() {
        stop.exit();
        try {
            thread.join(STOP_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.atWarn().log("the trainer did not stop in time; its state is in the checkpoint");
        }
    }
}
