package dev.tracerl.trainer.out;

import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.weights.WeightChunks;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Writes records of the catalogue's topics, always to partition 0. A send that fails fails the commit.
 *
 * @param producer a transactional producer
 */
record Transactions(Producer<String, SpecificRecord> producer) {

    /** One transaction. What fails leaves it open, for the next trainer to undo. */
    void run(Runnable sends) {
        producer.beginTransaction();
        sends.run();
        producer.commitTransaction();
    }

    /** Writes a record. */
    <V extends SpecificRecord> void send(Topic<V> topic, String key, V value) {
        @SuppressWarnings("UnusedVariable") // the commit waits for it
        Future<RecordMetadata> unused = sent(topic, key, value);
    }

    /** Writes a record and tells where it went. */
    <V extends SpecificRecord> Future<RecordMetadata> sent(Topic<V> topic, String key, V value) {
        return producer.send(new ProducerRecord<>(topic.name(), 0, key, value));
    }

    /** Deletes a key of a compacted topic. */
    void delete(Topic<?> topic, String key) {
        @SuppressWarnings("UnusedVariable") // the commit waits for it
        Future<RecordMetadata> unused = producer.send(new ProducerRecord<>(topic.name(), 0, key, null));
    }

    /** Waits until the first chunk is written and tells its place, for a manifest. */
    static String location(Future<RecordMetadata> first) {
        try {
            RecordMetadata sent = first.get();
            return WeightChunks.location(sent.partition(), sent.offset());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw new KafkaException("the chunks could not be written", e.getCause());
        }
    }
}
