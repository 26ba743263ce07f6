package dev.tracerl.ops.follow;

import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.client.Connection;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads several topics from where their sources begin, outside of any consumer group, and hands every committed record to
 * its topic's handler; what cannot be decoded is left out. Not thread-safe.
 */
final class LogReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int FETCH_BYTES = 16 * 1024 * 1024;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, LogSource<?>> sources = new HashMap<>();
    private final List<TopicPartition> partitions;
    private final Map<String, Long> skipped = new HashMap<>();

    LogReader(Connection connection, Collection<LogSource<?>> sources) {
        Map<String, Object> settings = connection.readerSettings();
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        sources.forEach(source -> this.sources.put(source.topic(), source));
        this.partitions = sources.stream()
                .flatMap(source -> consumer.partitionsFor(source.topic()).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        seek();
    }

    private void seek() {
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        for (TopicPartition partition : partitions) {
            long beginning = beginnings.getOrDefault(partition, 0L);
            long start = Objects.requireNonNull(sources.get(partition.topic()))
                    .start()
                    .applyAsLong(beginning, ends.getOrDefault(partition, beginning));
            consumer.seek(partition, start);
            skipped.merge(partition.topic(), start - beginning, Long::sum);
        }
    }

    /** How many offsets of a topic come before where reading began: records and, under transactions, a few markers. */
    long skipped(Topic<?> topic) {
        return skipped.getOrDefault(topic.name(), 0L);
    }

    /** Reads what there is, waiting a moment if there is nothing. */
    void poll() {
        for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
            LogSource<?> source = sources.get(found.topic());
            if (source != null && found.value() != null) {
                handle(source, found);
            }
        }
    }

    /** Reads up to what is the end now. */
    void readToEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            poll();
        }
    }

    private static void handle(LogSource<?> source, ConsumerRecord<byte[], byte[]> found) {
        try {
            source.handle(found.value());
        } catch (SerializationException e) {
            LOG.atWarn()
                    .addKeyValue("topic", found.topic())
                    .addKeyValue("offset", found.offset())
                    .addKeyValue("reason", e.getMessage())
                    .log("skipped a record that cannot be decoded");
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
