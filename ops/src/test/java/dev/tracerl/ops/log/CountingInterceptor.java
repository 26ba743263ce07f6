package dev.tracerl.ops.log;

import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.client.Connection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Counts what the consumers of a connection read. */
public final class CountingInterceptor implements ConsumerInterceptor<Object, Object> {

    private static final Map<TopicPartition, Long> READ = new ConcurrentHashMap<>();

    /** A connection whose consumers are counted; for reading only. */
    public static Connection counted(Connection connection) {
        READ.clear();
        return new Connection(
                connection.bootstrapServers(),
                connection.registryUrl(),
                Map.of(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, CountingInterceptor.class.getName()),
                Map.of(),
                connection.weightFolder());
    }

    /** Records of a topic that were read since. */
    public static long read(Topic<?> topic) {
        return READ.entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic.name()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    @Override
    public ConsumerRecords<Object, Object> onConsume(ConsumerRecords<Object, Object> records) {
        records.partitions()
                .forEach(partition ->
                        READ.merge(partition, (long) records.records(partition).size(), Long::sum));
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> configs) {}
}
