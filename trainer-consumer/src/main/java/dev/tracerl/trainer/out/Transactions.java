package dev.tracerl.trainer.out;

import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.weights.WeightChunks;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * Writes records of the catalogue's topics, always to partition 0. A send that fails fails the commit.
 *
 * @param producer a transactional producer
 */
record Transactions(Producer<String, SpecificRecord> producer) {

    /** One transaction. What fails leaves it open, for the next trainer to undo. */
    void run(Runnable sends) {
        long started = System.nanoTime();
        producer.beginTransaction();
        try {
            sends.run();
            producer.commitTransaction();
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw fenced(e, Duration.ofNanos(System.nanoTime() - started));
        }
    }

    /** Brokers tell a transaction that took too long as they tell one of a trainer that was replaced. */
    private static KafkaException fenced(KafkaException e, Duration took) {
        return took.compareTo(Producers.LEAST_LIMIT) < 0
                ? e
                : new KafkaException(
                        "after " + took.toSeconds()
                                + " s of a transaction: either another trainer has taken over, or it"
                                + " took longer than transaction.timeout.ms; raise that and the broker's"
                                + " transaction.max.timeout.ms, or use weights.store FILE",
                        e);
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
