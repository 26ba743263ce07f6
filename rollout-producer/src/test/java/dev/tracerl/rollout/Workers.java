package dev.tracerl.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tracerl.rollout.metrics.RolloutMetrics;
import dev.tracerl.rollout.run.RunSetup;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.client.Connection;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** The workers and logs of one test; closing them checks that nothing failed. */
final class Workers implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Connection connection;
    private final AvroSerdes serdes;
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final List<Runnable> opened = new ArrayList<>();

    Workers(Connection connection) {
        this.connection = connection;
        this.serdes = connection.serdes();
    }

    RunLog log(String runId) {
        RunLog log = new RunLog(connection, runId);
        opened.add(log::close);
        return log;
    }

    RolloutWorker startWorker(RunSpec run) {
        return startWorker(run, "rollout-0", 64);
    }

    RolloutWorker startWorker(RunSpec run, String name, int activeSequences) {
        RolloutWorker worker = new RolloutWorker(
                connection,
                serdes,
                new WorkerSettings(name, "cpu", 1, activeSequences, 100, 2, new WorkerSettings.Api(64, 16, 0.5)),
                RunSetup.of(run),
                new RolloutMetrics(registry, run.getRunId()),
                failures::add);
        opened.add(0, worker::close);
        return worker;
    }

    /** Groups on the log that wait for the engine. */
    double queuedGroups(String runId) {
        return registry.get("rollout.queue.groups").tag("run", runId).gauge().value();
    }

    List<Trajectory> awaitTrajectories(RunLog log, int count) {
        return await().atMost(PATIENCE).until(log::trajectories, found -> found.size() >= count);
    }

    static Set<String> ids(List<Trajectory> trajectories) {
        return trajectories.stream().map(Trajectory::getTrajectoryId).collect(Collectors.toSet());
    }

    static long[] versions(Trajectory trajectory) {
        return Packed.longs(trajectory.getBlockVersions());
    }

    @Override
    public void close() {
        opened.forEach(Runnable::run);
        assertThat(failures).isEmpty();
    }
}
