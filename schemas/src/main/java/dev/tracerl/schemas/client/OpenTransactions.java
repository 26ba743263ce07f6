package dev.tracerl.schemas.client;

import dev.tracerl.schemas.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Waits for transactions that have written to a topic and have not ended. */
public final class OpenTransactions {

    private static final Duration PAUSE = Duration.ofMillis(50);

    private OpenTransactions() {}

    /**
     * Returns when everything that is on the topic now is committed or aborted.
     *
     * @throws TimeoutException if that takes longer than the limit
     */
    public static void await(Connection connection, Topic<?> topic, Duration limit) {
        try (KafkaConsumer<byte[], byte[]> all = consumer(connection, "read_uncommitted");
                KafkaConsumer<byte[], byte[]> ended = consumer(connection, "read_committed")) {
            List<TopicPartition> partitions = all.partitionsFor(topic.name()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            all.assign(partitions);
            ended.assign(partitions);
            Map<TopicPartition, Long> written = all.endOffsets(partitions);
            long deadline = System.nanoTime() + limit.toNanos();
            while (!reached(ended.endOffsets(partitions), written)) {
                if (System.nanoTime() > deadline) {
                    throw new TimeoutException("a transaction on topic " + topic.name() + " is still open after "
                            + limit.toSeconds() + " s");
                }
                pause();
            }
        }
    }

    private static boolean reached(Map<TopicPartition, Long> now, Map<TopicPartition, Long> wanted) {
        return wanted.entrySet().stream().allMatch(end -> now.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Connection connection, String isolation) {
        Map<String, Object> settings = connection.readerSettings();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimeoutException("interrupted while waiting for transactions", e);
        }
    }
}
