package dev.tracerl.ops.run;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.client.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Writes records and waits until the broker has them. */
public final class Loader {

    private final Connection connection;
    private final AvroSerdes serdes;

    /** A loader for one broker. */
    public Loader(Connection connection, AvroSerdes serdes) {
        this.connection = connection;
        this.serdes = serdes;
    }

    /** Writes records by key, in order. */
    public <V extends SpecificRecord> void send(Topic<V> topic, Map<String, V> records) {
        if (records.isEmpty()) {
            return;
        }
        try (KafkaProducer<String, V> producer =
                new KafkaProducer<>(connection.producerSettings(), new StringSerializer(), serdes.<V>serializer())) {
            send(producer, topic, records);
        }
    }

    /** Deletes a key of a compacted topic. */
    public <V extends SpecificRecord> void delete(Topic<V> topic, String key) {
        try (KafkaProducer<String, @Nullable V> producer =
                new KafkaProducer<>(connection.producerSettings(), new StringSerializer(), serdes.<V>serializer())) {
            await(producer.send(new ProducerRecord<>(topic.name(), key, null)), topic.name());
        }
    }

    /** Writes all records or none. */
    <V extends SpecificRecord> void sendAtOnce(Topic<V> topic, Map<String, V> records) {
        Map<String, Object> settings = connection.producerSettings();
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topic.name() + ".loader");
        try (KafkaProducer<String, V> producer =
                new KafkaProducer<>(settings, new StringSerializer(), serdes.<V>serializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            send(producer, topic, records);
            producer.commitTransaction();
        }
    }

    private static <V> void send(KafkaProducer<String, V> producer, Topic<?> topic, Map<String, V> records) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        records.forEach((key, value) -> sent.add(producer.send(new ProducerRecord<>(topic.name(), key, value))));
        for (Future<RecordMetadata> record : sent) {
            await(record, topic.name());
        }
    }

    private static void await(Future<RecordMetadata> record, String topic) {
        try {
            record.get();
        } catch (ExecutionException e) {
            throw new KafkaException("topic " + topic + " could not be written", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while writing to topic " + topic, e);
        }
    }
}
