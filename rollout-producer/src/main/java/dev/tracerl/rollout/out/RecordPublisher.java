package dev.tracerl.rollout.out;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.avro.DeadLetter;
import dev.tracerl.schemas.avro.Trajectory;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes trajectories and dead letters of one run. A record that the broker does not take is a failure of the service:
 * its request stays uncommitted and is sampled again after the restart. Thread-safe.
 */
public final class RecordPublisher implements AutoCloseable {

    /** Header of the trace context, as W3C names it. */
    public static final String TRACEPARENT = "traceparent";

    private static final Duration FLUSH = Duration.ofSeconds(2);

    private final Producer<byte[], byte[]> producer;
    private final Serializer<SpecificRecord> serializer;
    private final RunTopics topics;
    private final Consumer<Exception> onFailure;

    /** @param onFailure called on the producer's thread when a record was given up */
    public RecordPublisher(
            Producer<byte[], byte[]> producer, AvroSerdes serdes, RunTopics topics, Consumer<Exception> onFailure) {
        this(producer, serdes.serializer(), topics, onFailure);
    }

    RecordPublisher(
            Producer<byte[], byte[]> producer,
            Serializer<SpecificRecord> serializer,
            RunTopics topics,
            Consumer<Exception> onFailure) {
        this.producer = producer;
        this.serializer = serializer;
        this.topics = topics;
        this.onFailure = onFailure;
    }

    /**
     * Publishes a trajectory on its group's partition.
     *
     * @param traceparent trace context of the request
     * @param onPublished called on the producer's thread when the broker has it
     */
    public void publish(Trajectory trajectory, byte @Nullable [] traceparent, Runnable onPublished) {
        ProducerRecord<byte[], byte[]> produced = encode(
                topics.trajectories(),
                Ids.partition(trajectory.getSequence()),
                trajectory.getGroupId().getBytes(UTF_8),
                trajectory);
        if (traceparent != null) {
            produced.headers().add(TRACEPARENT, traceparent);
        }
        send(produced, onPublished);
    }

    /**
     * Publishes a dead letter.
     *
     * @param key the origin's key
     */
    public void publish(DeadLetter letter, byte @Nullable [] key, Runnable onPublished) {
        send(encode(topics.deadLetters(), 0, key, letter), onPublished);
    }

    private ProducerRecord<byte[], byte[]> encode(
            Topic<?> topic, int partition, byte @Nullable [] key, SpecificRecord value) {
        return new ProducerRecord<>(topic.name(), partition, key, serializer.serialize(topic.name(), value));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback has the outcome
    private void send(ProducerRecord<byte[], byte[]> produced, Runnable onPublished) {
        producer.send(produced, (metadata, failure) -> {
            if (failure == null) {
                onPublished.run();
            } else {
                onFailure.accept(failure);
            }
        });
    }

    @Override
    public void close() {
        producer.close(FLUSH);
    }
}
