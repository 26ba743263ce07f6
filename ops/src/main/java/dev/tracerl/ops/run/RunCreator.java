package dev.tracerl.ops.run;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.RunStates;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.TopicCreator;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Assignment;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;

/**
 * Puts a run on the log: its topics, its tasks, its demonstrations, its record; then assigns a deployment to it. Doing
 * it twice changes nothing.
 */
public final class RunCreator {

    private static final short BROKER_DEFAULT = -1;

    private final Connection connection;
    private final AvroSerdes serdes;

    /** A creator of runs on one broker. */
    public RunCreator(Connection connection, AvroSerdes serdes) {
        this.connection = connection;
        this.serdes = serdes;
    }

    /**
     * Creates a run, unless it exists.
     *
     * @return true if it was created, false if it was there
     * @throws RunConflictException if a run of that name, or a task set, is there with other contents
     */
    public boolean create(PlannedRun run) {
        createTopics(Topics.shared());
        createTopics(RunTopics.of(run.runId()).all());
        RunSpec existing = TopicReader.latest(connection, serdes, Topics.RUNS).get(run.runId());
        if (existing != null) {
            requireSame(run.spec(), existing);
            return false;
        }
        Map<String, Task> tasks = loadTasks(run.data());
        run.demonstrations().ifPresent(source -> loadDemonstrations(run.spec(), source, tasks));
        new Loader(connection, serdes).send(Topics.RUNS, Map.of(run.runId(), run.spec()));
        return true;
    }

    private void createTopics(List<Topic<?>> topics) {
        try (Admin admin = Admin.create(connection.clientSettings())) {
            TopicCreator.create(admin, topics, BROKER_DEFAULT);
        }
    }

    /** The run that would lose the services of a deployment to another one: any that has not ended. */
    public Optional<CurrentRun> displaced(String deployment, String runId) {
        createTopics(Topics.shared());
        if (end(runId).isPresent()) {
            return Optional.empty();
        }
        return CurrentRun.of(deployment, connection, serdes)
                .filter(current -> !current.runId().equals(runId));
    }

    /** How a run has ended, well or not; empty if it has not. */
    public Optional<RunStatus> end(String runId) {
        return Optional.ofNullable(TopicReader.latest(connection, serdes, Topics.RUN_STATUS)
                        .get(runId))
                .filter(RunStates::isOver);
    }

    /**
     * Tells the services of a deployment which run to work on, whatever they do now; see {@link #displaced}. Does nothing
     * for a run that has ended.
     *
     * @return false for such a run
     */
    public boolean assign(String deployment, String runId) {
        if (end(runId).isPresent()) {
            return false;
        }
        Assignment current =
                TopicReader.latest(connection, serdes, Topics.ASSIGNMENTS).get(deployment);
        if (current != null && runId.equals(current.getRunId())) {
            return true;
        }
        Assignment assignment = Assignment.newBuilder()
                .setDeployment(deployment)
                .setRunId(runId)
                .setAt(Instant.now())
                .build();
        new Loader(connection, serdes).send(Topics.ASSIGNMENTS, Map.of(deployment, assignment));
        return true;
    }

    /** Takes every deployment off a run, so that its services stop and wait; returns those that were on it. */
    public List<String> release(String runId) {
        Map<String, Assignment> released = new LinkedHashMap<>();
        TopicReader.latest(connection, serdes, Topics.ASSIGNMENTS).values().stream()
                .filter(assignment -> runId.equals(assignment.getRunId()))
                .forEach(assignment -> released.put(
                        assignment.getDeployment(),
                        Assignment.newBuilder(assignment)
                                .setRunId(null)
                                .setAt(Instant.now())
                                .build()));
        new Loader(connection, serdes).send(Topics.ASSIGNMENTS, released);
        return List.copyOf(released.keySet());
    }

    private static void requireSame(RunSpec wanted, RunSpec existing) {
        RunSpec sameTime =
                RunSpec.newBuilder(wanted).setCreatedAt(existing.getCreatedAt()).build();
        if (!sameTime.equals(existing)) {
            throw new RunConflictException("run %s exists with other settings: choose another runId\n  %s"
                    .formatted(existing.getRunId(), String.join("\n  ", Differences.of(existing, wanted))));
        }
    }

    private Map<String, Task> loadTasks(List<TaskSource> sources) {
        Map<String, Task> existing = TopicReader.latest(connection, serdes, Topics.TASKS);
        Map<String, Task> all = new LinkedHashMap<>(existing);
        Map<String, Task> missing = new LinkedHashMap<>();
        TaskMaker maker = new TaskMaker();
        for (TaskSource source : sources) {
            for (Task task : maker.make(source)) {
                Task found = existing.get(task.getTaskId());
                if (found == null) {
                    missing.put(task.getTaskId(), task);
                } else if (!found.equals(task)) {
                    throw new RunConflictException(
                            "task set %s is loaded with other tasks: choose another name".formatted(source.set()));
                }
            }
        }
        new Loader(connection, serdes).send(Topics.TASKS, missing);
        all.putAll(missing);
        return all;
    }

    private void loadDemonstrations(RunSpec run, DemonstrationSource source, Map<String, Task> tasks) {
        var topic = RunTopics.of(run.getRunId()).demonstrations();
        AtomicLong loaded = new AtomicLong();
        TopicReader.each(connection, serdes, topic, (key, value) -> loaded.incrementAndGet());
        if (loaded.get() > 0) {
            return;
        }
        try (DemonstrationMaker maker = new DemonstrationMaker(run)) {
            Map<String, Trajectory> demonstrations = new LinkedHashMap<>();
            for (int index = 0; index < source.count(); index++) {
                Task task = tasks.get(Ids.task(source.set(), index));
                if (task == null) {
                    throw new RunConflictException(
                            "demonstrations: task set %s has no task %d".formatted(source.set(), index));
                }
                demonstrations.put(task.getTaskId(), maker.make(task));
            }
            new Loader(connection, serdes).sendAtOnce(topic, demonstrations);
        }
    }
}
