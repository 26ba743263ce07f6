package dev.tracerl.trainer.support;

import static org.awaitility.Awaitility.await;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.OriginalPlace;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.TopicCreator;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import dev.tracerl.test.EmbeddedKafka;
import dev.tracerl.test.EmbeddedRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** A broker and a registry, shared by all tests of the process; every test has a run of its own. */
public final class LocalLog {

    private static @Nullable LocalLog shared;

    private static final List<Logger> QUIET =
            List.of(Logger.getLogger("kafka"), Logger.getLogger("org"), Logger.getLogger("state"));

    private final EmbeddedKafka kafka = EmbeddedKafka.start();
    private final EmbeddedRegistry registry = EmbeddedRegistry.start();
    private final Connection connection = new Connection(kafka.bootstrapServers(), registry.url());
    private final AvroSerdes serdes = connection.serdes();
    private final KafkaProducer<String, SpecificRecord> producer =
            new KafkaProducer<>(connection.producerSettings(), new StringSerializer(), serdes.serializer());

    static {
        QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
    }

    private LocalLog() {
        create(Topics.shared());
    }

    /** The log; the first call starts broker and registry and creates the shared topics. */
    public static synchronized LocalLog shared() {
        if (shared == null) {
            LocalLog log = new LocalLog();
            Runtime.getRuntime().addShutdownHook(new Thread(log::stop, "stop-log"));
            shared = log;
        }
        return shared;
    }

    public Connection connection() {
        return connection;
    }

    public AvroSerdes serdes() {
        return serdes;
    }

    /** Creates the topics of a run. */
    public RunTopics createRun(String runId) {
        return createRun(runId, topic -> true);
    }

    /** Creates some of the topics of a run. */
    public RunTopics createRun(String runId, Predicate<Topic<?>> wanted) {
        RunTopics topics = RunTopics.of(runId);
        create(topics.all().stream().filter(wanted).toList());
        return topics;
    }

    /** Writes a topic anew, in one partition, with other records. */
    public <V extends SpecificRecord> void replace(Topic<V> topic, List<V> values, Function<V, String> key) {
        try (Admin admin = Admin.create(Map.copyOf(connection.clientSettings()))) {
            admin.deleteTopics(List.of(topic.name())).all().get();
            await().until(() -> !admin.listTopics().names().get().contains(topic.name()));
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        create(List.of(topic));
        values.forEach(value -> send(topic, key.apply(value), value));
    }

    /** Writes a record that an archive holds with its first offset. */
    public <V extends SpecificRecord> void restore(Topic<V> topic, String key, V value, long first) {
        ProducerRecord<String, SpecificRecord> restored = new ProducerRecord<>(topic.name(), 0, key, value);
        new OriginalPlace(0, first).nameIn(restored.headers());
        producer.send(restored);
        producer.flush();
    }

    /** Deletes the records below an offset, as retention does. */
    public void deleteBefore(Topic<?> topic, long offset) {
        try (Admin admin = Admin.create(Map.copyOf(connection.clientSettings()))) {
            admin.deleteRecords(Map.of(new TopicPartition(topic.name(), 0), RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void create(List<? extends Topic<?>> topics) {
        try (Admin admin = Admin.create(Map.copyOf(connection.clientSettings()))) {
            TopicCreator.create(admin, topics, (short) 1);
        }
    }

    /** Writes a record to partition 0. */
    public <V extends SpecificRecord> void send(Topic<V> topic, String key, V value) {
        producer.send(new ProducerRecord<>(topic.name(), 0, key, value));
        producer.flush();
    }

    /** Writes bytes to partition 0. */
    public void sendRaw(Topic<?> topic, String key, byte[] value) {
        try (KafkaProducer<String, byte[]> raw =
                new KafkaProducer<>(connection.producerSettings(), new StringSerializer(), new ByteArraySerializer())) {
            raw.send(new ProducerRecord<>(topic.name(), 0, key, value));
        }
    }

    /** All records of a topic, tombstones left out. */
    public <V extends SpecificRecord> List<V> read(Topic<V> topic) {
        List<V> values = new ArrayList<>();
        TopicReader.each(connection, serdes, topic, (key, value) -> value.ifPresent(values::add));
        return values;
    }

    private void stop() {
        producer.close();
        registry.close();
        kafka.close();
    }
}
