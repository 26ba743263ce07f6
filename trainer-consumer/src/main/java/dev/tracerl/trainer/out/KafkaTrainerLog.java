package dev.tracerl.trainer.out;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.TopicCreator;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.TrainerStateManifest;
import dev.tracerl.schemas.avro.WeightChunk;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.avro.WeightPlan;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.weights.TrainerStates;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.schemas.weights.WeightFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;

/** The log on Kafka: one transactional producer per run. A transaction that fails is left to {@link #fence}. */
public final class KafkaTrainerLog implements TrainerLog {

    private static final short BROKER_DEFAULT = -1;

    private final RunTopics topics;
    private final String runId;
    private final Producer<String, SpecificRecord> producer;
    private final Transactions transactions;
    private final WeightPublisher weights;
    private final StatePublisher stateWriter;
    private final TrainerStates states;
    private final TopicTail<GroupOutcome> outcomes;
    private final TopicTail<Evaluation> evaluations;
    private final TopicTail<TrainStep> steps;
    private final TopicTail<WeightManifest> history;
    private final PinnedVersions pins;

    /** A log of a run. */
    public KafkaTrainerLog(Connection connection, AvroSerdes serdes, LogSettings settings, Clock clock) {
        this(connection, serdes, settings, Producers.transactional(connection, serdes, settings), clock);
    }

    KafkaTrainerLog(
            Connection connection,
            AvroSerdes serdes,
            LogSettings settings,
            Producer<String, SpecificRecord> producer,
            Clock clock) {
        this.runId = settings.runId();
        this.topics = RunTopics.of(runId);
        this.producer = producer;
        this.transactions = new Transactions(producer);
        Stores stores = new Stores(transactions, settings, connection.weightFolder());
        this.weights = new WeightPublisher(transactions, runId, stores.of(topics.weightChunks(), "weights"), clock);
        this.stateWriter = new StatePublisher(
                transactions,
                runId,
                stores.of(topics.trainerStateChunks(), "states"),
                settings.plan().getKeepStates(),
                clock);
        this.states = new TrainerStates(connection, serdes);
        this.outcomes = new TopicTail<>(connection, serdes, topics.groupOutcomes());
        this.evaluations = new TopicTail<>(connection, serdes, topics.evaluations());
        this.steps = new TopicTail<>(connection, serdes, topics.trainSteps());
        this.history = new TopicTail<>(connection, serdes, topics.weightsHistory());
        this.pins = new PinnedVersions(connection, serdes, topics.weightPins());
    }

    /** Makes the store that the run's plan names. One that cannot be had is refused before anything is published. */
    private record Stores(Transactions log, LogSettings settings, Optional<Path> folder) {

        ByteStore of(Topic<WeightChunk> topic, String part) {
            WeightPlan plan = settings.plan();
            if (plan.getStore() == StoreKind.FILE && folder.isPresent()) {
                WeightFolder there = new WeightFolder(folder.get());
                return new FolderStore(log, topic, settings.runId(), there, settings.home() + "/" + part);
            }
            return new ChunkStore(log, topic, settings.runId(), plan.getChunkBytes());
        }
    }

    @Override
    public LogState fence() {
        createStateTopics();
        producer.initTransactions();
        SortedMap<Long, TrainStep> stepsByNumber = new TreeMap<>();
        steps.poll().forEach(step -> stepsByNumber.put(step.getStep(), step));
        SortedMap<Long, WeightManifest> manifests = new TreeMap<>();
        history.poll().forEach(manifest -> manifests.put(manifest.getVersion(), manifest));
        weights.published(manifests.values());
        NavigableMap<Long, TrainerStateManifest> kept = states.of(runId);
        stateWriter.published(kept);
        boolean usable = kept.isEmpty() || !states.isRestored(runId);
        return new LogState(stepsByNumber, manifests, newOutcomes(), usable ? kept : new TreeMap<>());
    }

    @Override
    public List<Long> publish(Publication publication) {
        List<Long> dropped = new ArrayList<>(publication.dropped());
        if (publication.outputs().publish()) {
            weights.prepare(publication.version(), publication.parameters());
        }
        publication.state().ifPresent(stateWriter::prepare);
        transactions.run(() -> {
            if (publication.outputs().publish()) {
                weights.publish(publication.version(), publication.parameters(), publication.base());
            }
            publication.outputs().step().ifPresent(step -> transactions.send(topics.trainSteps(), runId, step));
            publication.outputs().outcomes().forEach(this::send);
            if (!dropped.isEmpty()) {
                dropped.removeAll(pins.now());
                dropped.forEach(weights::drop);
            }
            publication.state().ifPresent(stateWriter::publish);
        });
        weights.committed();
        stateWriter.committed();
        return dropped;
    }

    @Override
    public void publish(StateFiles state) {
        stateWriter.prepare(state);
        transactions.run(() -> stateWriter.publish(state));
        stateWriter.committed();
    }

    @Override
    public Map<String, WeightBytes> read(TrainerStateManifest manifest) {
        return states.read(manifest);
    }

    @Override
    public void close(List<Closing> closings) {
        transactions.run(() -> closings.forEach(closing -> {
            closing.late().ifPresent(group -> transactions.send(topics.late(), group.getGroupId(), group));
            closing.letter().ifPresent(letter -> transactions.send(topics.deadLetters(), key(closing), letter));
            closing.outcome().ifPresent(this::send);
        }));
    }

    @Override
    public void write(RunStatus status) {
        transactions.run(() -> transactions.send(Topics.RUN_STATUS, runId, status));
    }

    @Override
    public List<GroupOutcome> newOutcomes() {
        return outcomes.poll().stream()
                .filter(outcome -> outcome.getPurpose() == Purpose.TRAINING)
                .toList();
    }

    @Override
    public List<Evaluation> newEvaluations() {
        return evaluations.poll();
    }

    /** A run that an earlier release created lacks them. */
    private void createStateTopics() {
        try (Admin admin = Admin.create(states.connection().clientSettings())) {
            TopicCreator.create(admin, List.of(topics.trainerStates(), topics.trainerStateChunks()), BROKER_DEFAULT);
        }
    }

    private void send(GroupOutcome outcome) {
        transactions.send(topics.groupOutcomes(), outcome.getGroupId(), outcome);
    }

    private static String key(Closing closing) {
        return closing.outcome().map(GroupOutcome::getGroupId).orElse("");
    }

    @Override
    public void close() {
        producer.close(Producers.CLOSE_LIMIT);
        outcomes.close();
        evaluations.close();
        steps.close();
        history.close();
        pins.close();
    }
}
