package dev.tracerl.ops.deletion;

import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.ops.run.BrokerTopics;
import dev.tracerl.ops.run.Loader;
import dev.tracerl.ops.weights.RunGroups;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Assignment;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Deletes a run for ever; its name can be used again. What says that there is a run goes last, so that a deletion that
 * was interrupted can be called again; until then the run counts as failed and cannot be started.
 */
public final class RunDeletion {

    private static final Duration PATIENCE = Duration.ofSeconds(30); // a session of a member that left without a word
    private static final long POLL_MILLIS = 500;

    private final Connection connection;
    private final AvroSerdes serdes;
    private final Duration patience;

    /** Deletes on one broker. */
    public RunDeletion(Connection connection, AvroSerdes serdes) {
        this(connection, serdes, PATIENCE);
    }

    /** @param patience how long services that were stopped may take to leave */
    RunDeletion(Connection connection, AvroSerdes serdes, Duration patience) {
        this.connection = connection;
        this.serdes = serdes;
        this.patience = patience;
    }

    /** What needs the run's versions, in words. */
    public List<String> dependents(String runId) {
        return new Dependents(connection, serdes).of(runId);
    }

    /** What there is to delete. */
    public RunRemains find(RunSpec run) {
        String runId = run.getRunId();
        return new RunRemains(
                runId,
                new RunTopicsFinder(connection, serdes).of(runId),
                List.copyOf(new RunGroups(connection).of(runId).keySet()),
                RunFolders.of(connection, serdes, run));
    }

    /**
     * Makes sure that nobody works on the run.
     *
     * @throws BadInputException if a deployment is assigned to it, or a service does not leave
     */
    public void requireAtRest(String runId, Consumer<String> progress) {
        List<String> deployments = TopicReader.latest(connection, serdes, Topics.ASSIGNMENTS).values().stream()
                .filter(assignment -> runId.equals(assignment.getRunId()))
                .map(Assignment::getDeployment)
                .toList();
        if (!deployments.isEmpty()) {
            throw new BadInputException(
                    "run %s is assigned to deployment %s: take it off first, with tracerl stop --run %s"
                            .formatted(runId, String.join(" and ", deployments), runId));
        }
        long deadline = System.nanoTime() + patience.toNanos();
        List<String> active = active(runId);
        if (!active.isEmpty()) {
            progress.accept("waiting for the services of run " + runId + " to leave");
        }
        while (!active.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new BadInputException("services are still at work on run %s, in group %s: stop them first"
                        .formatted(runId, String.join(" and ", active)));
            }
            pause();
            active = active(runId);
        }
    }

    private List<String> active(String runId) {
        return new RunGroups(connection)
                .of(runId).entrySet().stream()
                        .filter(Map.Entry::getValue)
                        .map(Map.Entry::getKey)
                        .toList();
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for services", e);
        }
    }

    /** Deletes what was found. The files go while the log still says where they are. */
    public void delete(RunRemains remains, Consumer<String> progress) {
        String runId = remains.runId();
        mark(runId);
        fenceTrainer(runId);
        remains.folders().forEach(folder -> {
            RunFolders.delete(folder);
            progress.accept("deleted folder " + folder);
        });
        new RunGroups(connection).delete(remains.groups());
        BrokerTopics.delete(connection, remains.topicNames());
        progress.accept("deleted %d topics and %d consumer groups"
                .formatted(remains.topics().size(), remains.groups().size()));
        Loader loader = new Loader(connection, serdes);
        loader.delete(Topics.RUN_STATUS, runId);
        loader.delete(Topics.RUNS, runId);
    }

    private void mark(String runId) {
        Optional<RunStatus> last = Optional.ofNullable(
                TopicReader.latest(connection, serdes, Topics.RUN_STATUS).get(runId));
        RunStatus status = RunStatus.newBuilder()
                .setRunId(runId)
                .setState(RunState.FAILED)
                .setReason("it is being deleted; to finish that: tracerl delete --run " + runId)
                .setStep(last.map(RunStatus::getStep).orElse(0L))
                .setVersion(last.map(RunStatus::getVersion).orElse(-1L))
                .setAt(Instant.now())
                .build();
        new Loader(connection, serdes).send(Topics.RUN_STATUS, Map.of(runId, status));
    }

    /** A trainer is in no group: one that is still alive somewhere must not write to a later run of the name. */
    private void fenceTrainer(String runId) {
        Map<String, Object> settings = connection.producerSettings();
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, RunTopics.of(runId).client("trainer"));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
        }
    }
}
