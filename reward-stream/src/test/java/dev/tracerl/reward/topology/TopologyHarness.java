package dev.tracerl.reward.topology;

import dev.tracerl.reward.Records;
import dev.tracerl.reward.Runs;
import dev.tracerl.reward.grouping.CheckRules;
import dev.tracerl.reward.metrics.RewardMetrics;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.DeadLetter;
import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.Stray;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.Verdict;
import dev.tracerl.schemas.avro.VerificationRequest;
import dev.tracerl.verifiers.Verifiers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;

/** The topology under test, with what the other services would do. */
final class TopologyHarness implements AutoCloseable {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** As if an earlier run of the name had left a status. */
    static final long STATUSES_FROM = 1;

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final AvroSerdes serdes;
    final RunTopics topics;
    final TopologyTestDriver driver;
    private final Map<String, List<SpecificRecord>> written = new HashMap<>();

    TopologyHarness(RunSpec run, Path stateDirectory, String registry) {
        this.serdes = new AvroSerdes("mock://" + registry);
        this.topics = RunTopics.of(run.getRunId());
        TopologyParts parts = new TopologyParts(
                serdes,
                Verifiers.byKind(),
                new CheckRules(Duration.ofSeconds(2), 2),
                new RewardMetrics(meters, run.getRunId()),
                STATUSES_FROM,
                Duration.ofSeconds(1),
                Duration.ofMillis(30));
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        this.driver = new TopologyTestDriver(RewardTopology.build(run, parts), settings, START);
    }

    /** Loads the tasks of the training set and of the test set. */
    TopologyHarness withTasks() {
        for (int index = 0; index < Runs.TASKS; index++) {
            send(Topics.TASKS, "toy-train/" + index, Records.task(Runs.TRAIN, index));
            send(Topics.TASKS, "toy-test/" + index, Records.task(Runs.TEST, index));
        }
        return this;
    }

    <V extends SpecificRecord> void send(Topic<V> topic, String key, V value) {
        driver.createInputTopic(topic.name(), new StringSerializer(), serdes.<V>serializer())
                .pipeInput(key, value);
    }

    void sendBytes(Topic<?> topic, String key, byte[] value) {
        TestInputTopic<String, byte[]> input =
                driver.createInputTopic(topic.name(), new StringSerializer(), new ByteArraySerializer());
        input.pipeInput(key, value);
    }

    void publish(long version) {
        send(topics.weightsHistory(), Runs.RUN, Records.manifest(version));
    }

    void step(long step) {
        send(topics.trainSteps(), Runs.RUN, Records.step(step, List.of()));
    }

    void answer(RolloutRequest request, int sample, String answer) {
        arrive(Records.trajectory(request, sample, answer));
    }

    void arrive(Trajectory trajectory) {
        send(topics.trajectories(), trajectory.getGroupId(), trajectory);
    }

    /** Answers all samples of a request, in order. */
    void answerAll(RolloutRequest request, String... answers) {
        for (int sample = 0; sample < answers.length; sample++) {
            answer(request, sample, answers[sample]);
        }
    }

    void decide(TrainingGroup group, Outcome outcome) {
        send(topics.groupOutcomes(), group.getGroupId(), Records.outcome(group, outcome));
    }

    List<RolloutRequest> requests() {
        return read(topics.rolloutRequests());
    }

    List<VerificationRequest> checks() {
        return read(topics.verificationRequests());
    }

    List<Verdict> verdicts() {
        return read(topics.verdicts());
    }

    List<TrainingGroup> groups() {
        return read(topics.trainingGroups());
    }

    List<GroupOutcome> outcomes() {
        return read(topics.groupOutcomes());
    }

    List<Evaluation> evaluations() {
        return read(topics.evaluations());
    }

    List<RunStatus> statuses() {
        return read(Topics.RUN_STATUS);
    }

    List<Stray> strays() {
        return read(topics.strays());
    }

    List<DeadLetter> deadLetters() {
        return read(topics.deadLetters());
    }

    /** Copies the stores of another harness, as a changelog would. */
    void restoreFrom(TopologyHarness other) {
        driver.getAllStateStores().keySet().stream()
                .filter(store -> !store.equals(Nodes.TASK_STORE))
                .forEach(store -> {
                    try (var entries = other.driver.getKeyValueStore(store).all()) {
                        entries.forEachRemaining(
                                entry -> driver.getKeyValueStore(store).put(entry.key, entry.value));
                    }
                });
    }

    double duplicates() {
        return meters.counter("rl.duplicates.suppressed", "run", Runs.RUN).count();
    }

    /** Everything that was written to a topic since the harness was made. */
    @SuppressWarnings("unchecked")
    private <V extends SpecificRecord> List<V> read(Topic<V> topic) {
        List<SpecificRecord> all = written.computeIfAbsent(topic.name(), name -> new ArrayList<>());
        all.addAll(
                driver.createOutputTopic(topic.name(), new StringDeserializer(), serdes.deserializer(topic.valueType()))
                        .readValuesToList());
        return (List<V>) List.copyOf(all);
    }

    @Override
    public void close() {
        driver.close();
    }
}
