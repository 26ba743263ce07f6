package dev.tracerl.ops.export;

import dev.tracerl.schemas.client.Connection;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads committed records of one partition after the other, undecoded, within bounded memory. Not thread-safe. */
final class LogScan implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final int FETCH_BYTES = 8 << 20;

    private final KafkaConsumer<byte[], byte[]> consumer;

    LogScan(Connection connection) {
        Map<String, Object> settings = connection.readerSettings();
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** All committed records of a topic that are there now, by partition. */
    List<Span> all(String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(found -> new TopicPartition(found.topic(), found.partition()))
                .sorted(Comparator.comparing(TopicPartition::partition))
                .toList();
        Map<TopicPartition, Long> from = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> to = consumer.endOffsets(partitions);
        return partitions.stream()
                .map(partition -> new Span(partition, from.getOrDefault(partition, 0L), to.getOrDefault(partition, 0L)))
                .toList();
    }

    /** Hands on the records of a span, in order. */
    void read(Span span, Consumer<ConsumerRecord<byte[], byte[]>> handler) {
        consumer.assign(List.of(span.partition()));
        consumer.seek(span.partition(), span.from());
        while (consumer.position(span.partition()) < span.to()) {
            for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
                if (found.offset() < span.to()) {
                    handler.accept(found);
                }
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
