package dev.tracerl.reward.service;

import dev.tracerl.reward.config.ConfigCheck;
import dev.tracerl.reward.config.RewardConfig;
import dev.tracerl.reward.config.Role;
import dev.tracerl.reward.query.GroupQuery;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.RunAssignment;
import dev.tracerl.schemas.client.ServiceMemory;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for a run and works on it until the process ends.
 *
 * <pre>
 *   idle --assigned--> working --fatal error--> exit
 *      \--assigned to a run that is refused or has failed--> idle
 * </pre>
 *
 * <p>Work is the topology or, in the role of a verifier, checks for it.
 */
@Singleton
public final class RewardService {

    private static final Logger LOG = LoggerFactory.getLogger(RewardService.class);
    private static final long PAUSE_NANOS = 1_000_000_000;

    private final RewardConfig config;
    private final MeterRegistry meters;
    private final Connection connection;
    private @Nullable RunAssignment assignment;
    private volatile @Nullable Work work;
    private volatile String idle = "idle";

    RewardService(RewardConfig config, MeterRegistry meters) {
        this.config = config;
        this.meters = meters;
        this.connection = config.connection();
    }

    void start(@Observes StartupEvent event) {
        ConfigCheck.check(config);
        AvroSerdes serdes = connection.serdes();
        Optional<VerifierRole> verifier =
                config.role() == Role.VERIFIER ? Optional.of(VerifierRole.open(config, serdes)) : Optional.empty();
        assignment = new RunAssignment(
                connection, serdes, config.deployment(), run -> work(run, serdes, verifier), Quarkus::asyncExit);
    }

    private void work(RunSpec run, AvroSerdes serdes, Optional<VerifierRole> verifier) {
        try {
            if (verifier.isPresent()) {
                work = verifier.get().start(run, () -> Quarkus.asyncExit(RunAssignment.FAILURE));
            } else {
                assigned(run, serdes);
            }
        } catch (RuntimeException | Error e) {
            LOG.atError()
                    .addKeyValue("runId", run.getRunId())
                    .addKeyValue("reason", ServiceMemory.REWARD.advice(e).orElse(String.valueOf(e)))
                    .setCause(e)
                    .log("cannot start, exiting for a restart");
            Quarkus.asyncExit(RunAssignment.FAILURE);
        }
    }

    private void assigned(RunSpec run, AvroSerdes serdes) {
        RunStatusLog statuses = new RunStatusLog(connection, serdes, run.getRunId());
        List<String> problems = RunCheck.problems(run);
        if (statuses.hasFailed()) {
            LOG.atWarn().addKeyValue("runId", run.getRunId()).log("the run has failed; staying idle");
            idle = "idle: run " + run.getRunId() + " has failed";
        } else if (!problems.isEmpty()) {
            String refusal = "refused: " + String.join("; ", problems);
            statuses.fail(refusal);
            idle = "idle: run " + run.getRunId() + " is " + refusal;
        } else {
            FailurePolicy failures = new FailurePolicy(
                    statuses::fail,
                    () -> Quarkus.asyncExit(RunAssignment.FAILURE),
                    () -> LockSupport.parkNanos(PAUSE_NANOS));
            work = RunningTopology.start(config, run, serdes, meters, failures);
        }
    }

    /** Whether this process does what it should: wait or work. */
    boolean isWell() {
        Work current = work;
        return current == null || current.isAlive();
    }

    /** What the service is doing, for people. */
    String state() {
        Work current = work;
        return current == null ? idle : current.state();
    }

    /** Questions about the groups of the run; empty while there is no topology in this process. */
    Optional<GroupQuery> groups() {
        return work instanceof RunningTopology topology ? Optional.of(topology.groups()) : Optional.empty();
    }

    void stop(@Observes ShutdownEvent event) {
        if (assignment != null) {
            assignment.close();
        }
        Work current = work;
        if (current != null) {
            current.close();
        }
    }
}
