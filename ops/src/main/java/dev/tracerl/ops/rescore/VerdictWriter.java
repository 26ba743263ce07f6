package dev.tracerl.ops.rescore;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.TopicCreator;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.Verdict;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes new verdicts to a topic of their own, each with what differed from the run's settings in a header. */
final class VerdictWriter implements AutoCloseable {

    private static final String HEADER = "settings";
    private static final short BROKER_DEFAULT = -1;

    private final String runId;
    private final Topic<Verdict> topic;
    private final byte[] settings;
    private final KafkaProducer<String, Verdict> producer;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();

    private VerdictWriter(
            String runId, Topic<Verdict> topic, byte[] settings, KafkaProducer<String, Verdict> producer) {
        this.runId = runId;
        this.topic = topic;
        this.settings = settings;
        this.producer = producer;
    }

    /**
     * Opens a topic that has no verdicts yet.
     *
     * @throws BadInputException if it has
     */
    static VerdictWriter open(
            Connection connection, AvroSerdes serdes, String runId, Topic<Verdict> topic, List<String> settings) {
        try (Admin admin = Admin.create(connection.clientSettings())) {
            TopicCreator.create(admin, List.of(topic), BROKER_DEFAULT);
        }
        if (!TopicReader.keys(connection, topic).isEmpty()) {
            throw new BadInputException(
                    "topic %s has verdicts already: choose another name with --as".formatted(topic.name()));
        }
        return new VerdictWriter(
                runId,
                topic,
                String.join("\n", settings).getBytes(UTF_8),
                new KafkaProducer<>(connection.producerSettings(), new StringSerializer(), serdes.serializer()));
    }

    /** Writes the verdicts of a group. */
    void write(LoggedGroup group, List<Judged> judged) {
        for (int i = 0; i < judged.size(); i++) {
            Verdict verdict = verdict(group, group.samples().get(i), judged.get(i));
            ProducerRecord<String, Verdict> found = new ProducerRecord<>(topic.name(), group.groupId(), verdict);
            found.headers().add(HEADER, settings);
            sent.add(producer.send(found));
        }
    }

    private Verdict verdict(LoggedGroup group, LoggedSample sample, Judged judged) {
        return Verdict.newBuilder()
                .setTrajectoryId(sample.trajectoryId())
                .setGroupId(group.groupId())
                .setRunId(runId)
                .setSample(sample.sample())
                .setTaskId(group.task().getTaskId())
                .setPurpose(Purpose.TRAINING)
                .setVerifier(judged.kind())
                .setVerifierVersion(judged.version())
                .setOutcome(judged.outcome())
                .setScore(judged.score())
                .setReason(judged.reason())
                .setOperations(judged.found().operations())
                .setMicros(judged.micros())
                .setAt(Instant.now())
                .build();
    }

    /** Waits until the broker has all of them. */
    void finish() {
        try {
            for (Future<RecordMetadata> record : sent) {
                record.get();
            }
        } catch (ExecutionException e) {
            throw new KafkaException("topic " + topic.name() + " could not be written", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while writing to topic " + topic.name(), e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
