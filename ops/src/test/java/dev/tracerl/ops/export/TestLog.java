package dev.tracerl.ops.export;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.TopicCreator;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.Verdict;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.OpenTransactions;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Puts records on the topics of a run as the services do: in transactions, which may be aborted. */
final class TestLog implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Connection connection;
    private final RunTopics topics;
    private final Set<Topic<?>> written = new HashSet<>();
    private final KafkaProducer<String, SpecificRecord> producer;

    TestLog(Connection connection, AvroSerdes serdes, RunSpec run) {
        this.connection = connection;
        topics = RunTopics.of(run.getRunId());
        try (Admin admin = Admin.create(connection.clientSettings())) {
            TopicCreator.create(admin, Topics.shared(), (short) 1);
            TopicCreator.create(admin, topics.all(), (short) 1);
        }
        Map<String, Object> settings = connection.producerSettings();
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topics.client("test"));
        producer = new KafkaProducer<>(settings, new StringSerializer(), serdes.<SpecificRecord>serializer());
        producer.initTransactions();
        committed(() -> send(Topics.RUNS, null, run.getRunId(), run));
    }

    /** Everything of a log. */
    void write(SampleLog log) {
        committed(() -> log.trajectories().forEach(this::send));
        committed(() -> log.verdicts().forEach(this::send));
        committed(() -> log.groups().forEach(this::send));
        committed(() -> log.outcomes().forEach(this::send));
        committed(() -> log.steps().forEach(step -> send(topics.trainSteps(), null, step.getRunId(), step)));
        committed(() -> log.evaluations()
                .forEach(evaluation -> send(topics.evaluations(), null, evaluation.getRunId(), evaluation)));
    }

    void committed(Runnable records) {
        producer.beginTransaction();
        records.run();
        producer.commitTransaction();
        awaitMarkers();
    }

    /** The coordinator answers before the markers are on the topics, up to which readers see committed records. */
    private void awaitMarkers() {
        written.forEach(topic -> OpenTransactions.await(connection, topic, LIMIT));
        written.clear();
    }

    void aborted(Runnable records) {
        producer.beginTransaction();
        records.run();
        producer.flush();
        producer.abortTransaction();
        awaitMarkers();
    }

    void send(Trajectory trajectory) {
        int partition = Ids.partition(trajectory.getSequence());
        send(topics.trajectories(), partition, trajectory.getGroupId(), trajectory);
    }

    void send(Verdict verdict) {
        send(topics.verdicts(), null, verdict.getGroupId(), verdict);
    }

    void send(TrainingGroup group) {
        send(topics.trainingGroups(), null, group.getGroupId(), group);
    }

    void send(GroupOutcome outcome) {
        send(topics.groupOutcomes(), null, outcome.getGroupId(), outcome);
    }

    /** A record that nobody can decode. */
    void sendVerdictAsTrajectory(Verdict verdict) {
        written.add(topics.trajectories());
        producer.send(new ProducerRecord<>(topics.trajectories().name(), 0, verdict.getGroupId(), verdict));
    }

    private void send(Topic<?> topic, Integer partition, String key, SpecificRecord value) {
        written.add(topic);
        producer.send(new ProducerRecord<>(topic.name(), partition, key, value));
    }

    @Override
    public void close() {
        producer.close();
    }
}
