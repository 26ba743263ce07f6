package dev.tracerl.trainer.out;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Decoded;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.client.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads a single-partition topic from its start, up to its end at the time of each call. Committed records only;
 * undecodable ones are left out. Serves one thread.
 */
final class TopicTail<V extends SpecificRecord> implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deserializer<V> deserializer;
    private final TopicPartition partition;

    TopicTail(Connection connection, AvroSerdes serdes, Topic<V> topic) {
        this.consumer = new KafkaConsumer<>(
                connection.consumerSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.deserializer = serdes.deserializer(topic.valueType());
        this.partition = new TopicPartition(topic.name(), 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
    }

    /** What is there since the last call. */
    List<V> poll() {
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        List<V> values = new ArrayList<>();
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
                Decoded.of(deserializer, found.topic(), found.value()).value().ifPresent(values::add);
            }
        }
        return values;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
