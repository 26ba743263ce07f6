package dev.tracerl.reward.service;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.client.Connection;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Hands every committed record of a topic to a handler, on a thread of its own, until it is closed. */
final class Follower<V extends SpecificRecord> implements AutoCloseable {

    private final Thread thread;
    private volatile boolean closed;

    Follower(Connection connection, AvroSerdes serdes, Topic<V> topic, Consumer<V> handler) {
        thread = new Thread(() -> follow(connection, serdes, topic, handler), "test-" + topic.name());
        thread.setDaemon(true);
        thread.start();
    }

    private void follow(Connection connection, AvroSerdes serdes, Topic<V> topic, Consumer<V> handler) {
        try (KafkaConsumer<String, V> consumer = new KafkaConsumer<>(
                connection.readerSettings(), new StringDeserializer(), serdes.deserializer(topic.valueType()))) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!closed) {
                consumer.poll(Duration.ofMillis(100)).forEach(found -> handler.accept(found.value()));
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
