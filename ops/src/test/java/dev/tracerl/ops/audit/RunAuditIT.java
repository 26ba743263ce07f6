package dev.tracerl.ops.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.TopicCreator;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.test.EmbeddedKafka;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Audits on a real broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunAuditIT {

    private EmbeddedKafka kafka;
    private Connection connection;
    private AvroSerdes serdes;

    @BeforeAll
    void start() {
        kafka = EmbeddedKafka.start();
        connection = new Connection(kafka.bootstrapServers(), "mock://run-audit");
        serdes = connection.serdes();
    }

    @AfterAll
    void stop() {
        kafka.close();
    }

    @Test
    void aRunThatIsOlderThanTheRecordsOfStraysIsAudited() {
        // Given
        RunTopics topics = RunTopics.of("older");
        List<Topic<?>> all = new ArrayList<>(topics.all());
        all.removeIf(topic -> topic.name().equals(topics.strays().name()));
        create(all);
        write(
                topics,
                new LogRecords("older", 2).group(0, Outcome.FILTERED, null).trajectory(0, 1));

        // When
        AuditReport report = new RunAudit(connection, serdes).of("older");

        // Then
        assertThat(report.findings()).isEmpty();
        assertThat(report.duplicates()).containsExactly("older-t-000000/1");
        assertThat(report.strays()).isEmpty();
    }

    @Test
    void theStraysOfARunAreRead() {
        // Given
        RunTopics topics = RunTopics.of("newer");
        create(topics.all());
        write(
                topics,
                new LogRecords("newer", 2)
                        .group(0, Outcome.FILTERED, null)
                        .trajectory(0, 1)
                        .stray(0, 1, 2));

        // When
        AuditReport report = new RunAudit(connection, serdes).of("newer");

        // Then
        assertThat(report.findings()).isEmpty();
        assertThat(report.strays()).extracting(StrayEntry::origin).containsExactly("newer.trajectories-0@2");
    }

    private void create(List<Topic<?>> topics) {
        List<Topic<?>> all = new ArrayList<>(Topics.shared());
        all.addAll(topics);
        try (Admin admin = Admin.create(connection.clientSettings())) {
            TopicCreator.create(admin, all, (short) 1);
        }
    }

    private void write(RunTopics topics, LogRecords records) {
        try (KafkaProducer<String, SpecificRecord> producer =
                new KafkaProducer<>(connection.producerSettings(), new StringSerializer(), serdes.serializer())) {
            records.each(topics, (topic, value) -> producer.send(new ProducerRecord<>(topic.name(), "key", value)));
        }
    }
}
