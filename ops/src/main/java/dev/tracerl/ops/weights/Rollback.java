package dev.tracerl.ops.weights;

import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Makes an earlier version of a run the one that readers get: announced as the newest, and the run's result. The run is
 * over with that, because training on from there would number steps and versions a second time; whoever wants to train
 * on forks it.
 *
 * <p>Written in one transaction of the trainer's own transactional id, so that a trainer that is still alive somewhere is
 * fenced.
 */
public final class Rollback {

    private final RunWeights weights;
    private final RunTopics topics;

    /** Rolls back one run. */
    public Rollback(RunWeights weights) {
        this.weights = weights;
        this.topics = RunTopics.of(weights.runId());
    }

    /**
     * Rolls back.
     *
     * @return the version that readers got before; the wanted one if nothing had to be done
     * @throws BadInputException if the run is running, or the version's bytes are not there
     */
    public long to(RunSpec run, long version) {
        RunActivity activity = RunActivity.of(weights.connection(), weights.serdes(), weights.runId());
        activity.problem().ifPresent(problem -> {
            throw new BadInputException(problem);
        });
        WeightManifest wanted = weights.requireStored(version);
        long current = weights.newest()
                .orElseThrow(() -> new BadInputException("run " + weights.runId() + " has no weights yet"));
        Optional<RunStatus> status = activity.status();
        if (current != version || !isResult(status, version)) {
            WeightManifest again =
                    WeightManifest.newBuilder(wanted).setRolledBackFrom(current).build();
            write(again, status(run, status, again));
        }
        return current;
    }

    private static boolean isResult(Optional<RunStatus> status, long version) {
        return status.map(RunStatus::getFinalVersion)
                .filter(result -> result == version)
                .isPresent();
    }

    /** A finished run stays finished; another one cannot go on. */
    private RunStatus status(RunSpec run, Optional<RunStatus> before, WeightManifest again) {
        boolean finished =
                before.filter(status -> status.getState() == RunState.FINISHED).isPresent();
        long version = again.getVersion();
        String note = "rolled back from version %d to version %d; train on with tracerl fork --run %s --at %d --as NAME"
                .formatted(again.getRolledBackFrom(), version, weights.runId(), version);
        return RunStatus.newBuilder()
                .setRunId(weights.runId())
                .setState(finished ? RunState.FINISHED : RunState.FAILED)
                .setReason(note)
                .setStep(before.map(RunStatus::getStep).orElse(again.getStep()))
                .setVersion(version)
                .setFinalVersion(version)
                .setAccuracy(accuracy(run.getStop().getTargetSet(), version))
                .setAt(Instant.now())
                .build();
    }

    private @Nullable Double accuracy(@Nullable String set, long version) {
        AtomicReference<@Nullable Double> found = new AtomicReference<>();
        TopicReader.each(
                weights.connection(),
                weights.serdes(),
                topics.evaluations(),
                (key, value) -> value.filter(evaluation -> evaluation.getVersion() == version
                                && evaluation.getSet().equals(set))
                        .map(Evaluation::getAccuracy)
                        .ifPresent(found::set));
        return found.get();
    }

    private void write(WeightManifest again, RunStatus status) {
        Connection connection = weights.connection();
        Map<String, Object> settings = connection.producerSettings();
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topics.client("trainer"));
        try (KafkaProducer<String, SpecificRecord> producer = new KafkaProducer<>(
                settings, new StringSerializer(), weights.serdes().serializer())) {
            producer.initTransactions();
            // No trainer can drop the bytes from now on.
            weights.requireStored(again.getVersion());
            producer.beginTransaction();
            send(producer, topics.weights().name(), again);
            send(producer, topics.weightsHistory().name(), again);
            send(producer, Topics.RUN_STATUS.name(), status);
            producer.commitTransaction();
        }
    }

    /** A send that fails fails the commit. */
    private void send(KafkaProducer<String, SpecificRecord> producer, String topic, SpecificRecord value) {
        var unused = producer.send(new ProducerRecord<>(topic, 0, weights.runId(), value));
    }
}
