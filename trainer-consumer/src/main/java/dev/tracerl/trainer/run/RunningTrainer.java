package dev.tracerl.trainer.run;

import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.client.TopicFollower;
import dev.tracerl.trainer.metrics.TrainerMetrics;
import dev.tracerl.trainer.out.TrainerLog;
import dev.tracerl.trainer.plan.Planner;
import dev.tracerl.trainer.plan.RefusedRunException;
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
    private final StopSignal stop = new StopSignal();
    private final StatusBoard status;
    private final Thread thread;

    /**
     * Starts to work on a run.
     *
     * @param condition told how it goes
     */
    public RunningTrainer(RunSpec spec, Environment environment, Condition condition) {
        this.spec = spec;
        this.environment = environment;
        this.condition = condition;
        this.status = new StatusBoard(spec.getRunId());
        this.thread = new Thread(this::work, "trainer");
        thread.setDaemon(true);
        thread.start();
    }

    private void work() {
        TrainerMetrics metrics = new TrainerMetrics(environment.meters(), spec.getRunId());
        Ports.Controls controls = new Ports.Controls(environment.clock(), stop, status, condition, metrics);
        TrainerLog.Factory logs = () -> environment.log(spec);
        condition.working();
        try (DirectoryLock lock = DirectoryLock.of(environment.directory(spec));
                TopicFollower<RunStatus> follower = follow()) {
            LOG.atInfo().addKeyValue("directory", lock.directory()).log("keeping checkpoints");
            if (!follower.awaitCaughtUp(STATUS_WAIT)) {
                LOG.atWarn().addKeyValue("runId", spec.getRunId()).log("run-status could not be read yet");
            }
            RunPlan plan = Planner.plan(spec);
            environment.requireStore(spec);
            Session session =
                    new Session(plan, environment.ports(spec, plan, () -> environment.log(spec, plan), controls));
            new Worker(session, logs, controls).run();
        } catch (RefusedRunException e) {
            Worker.refuse(logs, controls, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("the trainer could not start");
            condition.failed(String.valueOf(e.getMessage()));
        }
    }

    private TopicFollower<RunStatus> follow() {
        return new TopicFollower<>(
                environment.connection(), environment.serdes(), Topics.RUN_STATUS, this::statusChanged);
    }

    private void statusChanged(String runId, Optional<RunStatus> changed) {
        if (runId.equals(spec.getRunId()) && changed.isPresent()) {
            status.put(changed.get());
            if (StatusBoard.ends(changed.get())) {
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
