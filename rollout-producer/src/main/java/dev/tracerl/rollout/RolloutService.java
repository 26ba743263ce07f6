package dev.tracerl.rollout;

import dev.tracerl.rollout.completion.Completions;
import dev.tracerl.rollout.config.ConfigProblems;
import dev.tracerl.rollout.config.RolloutConfig;
import dev.tracerl.rollout.metrics.RolloutMetrics;
import dev.tracerl.rollout.run.RunFailure;
import dev.tracerl.rollout.run.RunSetup;
import dev.tracerl.rollout.run.UnsupportedRunException;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.RunAssignment;
import dev.tracerl.schemas.client.ServiceMemory;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service: waits for an assignment, works on its run, and exits for a restart when the assignment changes or the
 * work failed.
 *
 * <pre>
 *   IDLE --assigned--> WORKING --failed--> FAILED, exit 1
 *     \--run refused--> REFUSED
 *   any --assignment changed--> exit 4
 * </pre>
 */
@ApplicationScoped
public class RolloutService {

    /** What the service is doing. */
    public enum State {
        IDLE,
        WORKING,
        REFUSED,
        FAILED
    }

    private static final Logger LOG = LoggerFactory.getLogger(RolloutService.class);

    private final RolloutConfig config;
    private final MeterRegistry registry;
    private final Connection connection;
    private volatile State state = State.IDLE;
    private volatile @Nullable String reason;
    private @Nullable RunAssignment assignment;
    private volatile @Nullable RolloutWorker worker;
    private boolean closed;

    RolloutService(RolloutConfig config, MeterRegistry registry) {
        this.config = config;
        this.registry = registry;
        this.connection = config.connection();
    }

    /** What the service is doing now. */
    public State state() {
        return state;
    }

    /** Why the service does not work; empty while it waits or works. */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /** Where clients ask for completions; empty until there is a run that can be sampled. */
    public Optional<Completions> completions() {
        return Optional.ofNullable(worker).map(RolloutWorker::completions);
    }

    void started(@Observes StartupEvent event) {
        List<String> problems = ConfigProblems.of(config);
        if (!problems.isEmpty()) {
            throw new IllegalStateException("wrong configuration: " + String.join("; ", problems));
        }
        AvroSerdes opened = connection.serdes();
        assignment = new RunAssignment(
                connection,
                opened,
                config.deployment(),
                run -> new Thread(() -> take(opened, run), "start-run").start(),
                Quarkus::asyncExit);
    }

    private void take(AvroSerdes opened, RunSpec run) {
        try {
            workOrRefuse(opened, run);
        } catch (RuntimeException | Error e) {
            failed(new RolloutMetrics(registry, run.getRunId()), e);
        }
    }

    private void workOrRefuse(AvroSerdes opened, RunSpec run) {
        try {
            work(opened, run, RunSetup.of(run));
        } catch (UnsupportedRunException e) {
            LOG.atError().addKeyValue("runId", run.getRunId()).setCause(e).log("run refused");
            refused(opened, run, String.valueOf(e.getMessage()));
        }
    }

    private void refused(AvroSerdes opened, RunSpec run, String why) {
        reason = "run %s: %s".formatted(run.getRunId(), why);
        state = State.REFUSED;
        RunFailure.write(connection, opened, run.getRunId(), why);
    }

    private synchronized void work(AvroSerdes opened, RunSpec run, RunSetup setup) {
        if (closed) {
            setup.close();
            return;
        }
        RolloutMetrics metrics = new RolloutMetrics(registry, run.getRunId());
        state = State.WORKING;
        worker = new RolloutWorker(
                connection, opened, WorkerSettings.of(config), setup, metrics, cause -> failed(metrics, cause));
    }

    private void failed(RolloutMetrics metrics, Throwable cause) {
        String why = ServiceMemory.ROLLOUT.advice(cause).orElse(String.valueOf(cause));
        LOG.atError().addKeyValue("reason", why).setCause(cause).log("the worker failed; exiting for a restart");
        metrics.error("worker");
        reason = why;
        state = State.FAILED;
        Quarkus.asyncExit(RunAssignment.FAILURE);
    }

    synchronized void stopped(@Observes ShutdownEvent event) {
        closed = true;
        if (assignment != null) {
            assignment.close();
        }
        if (worker != null) {
            worker.close();
        }
    }
}
