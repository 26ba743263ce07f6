package dev.tracerl.schemas.client;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Decoded;
import dev.tracerl.schemas.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic from its start to what is its end at the time of the call. */
public final class TopicReader {

    private static final Duration POLL = Duration.ofMillis(200);

    private TopicReader() {}

    /** Newest value per key of a compacted topic; deleted keys and undecodable values are left out. */
    public static <V extends SpecificRecord> Map<String, V> latest(
            Connection connection, AvroSerdes serdes, Topic<V> topic) {
        Map<String, V> values = new TreeMap<>();
        each(connection, serdes, topic, (key, value) -> {
            if (value.isPresent()) {
                values.put(key, value.get());
            } else {
                values.remove(key);
            }
        });
        return values;
    }

    /** Hands every record to a handler, per partition in order of its offsets; no value for tombstones. */
    public static <V extends SpecificRecord> void each(
            Connection connection, AvroSerdes serdes, Topic<V> topic, BiConsumer<String, Optional<V>> handler) {
        each(connection, serdes, topic, key -> true, handler);
    }

    /** Like {@link #each}, for the records with a wanted key; the others are not decoded. */
    public static <V extends SpecificRecord> void each(
            Connection connection,
            AvroSerdes serdes,
            Topic<V> topic,
            Predicate<String> wanted,
            BiConsumer<String, Optional<V>> handler) {
        Deserializer<V> deserializer = serdes.deserializer(topic.valueType());
        scan(connection, topic, found -> {
            if (wanted.test(found.key())) {
                handler.accept(found.key(), decode(deserializer, found));
            }
        });
    }

    /** Keys of a compacted topic that have a value, which is not decoded. */
    public static Set<String> keys(Connection connection, Topic<?> topic) {
        Set<String> keys = new TreeSet<>();
        scan(connection, topic, found -> {
            if (found.value() == null) {
                keys.remove(found.key());
            } else {
                keys.add(found.key());
            }
        });
        return keys;
    }

    private static void scan(Connection connection, Topic<?> topic, Consumer<ConsumerRecord<String, byte[]>> handler) {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                connection.readerSettings(), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(handler);
            }
        }
    }

    private static <V extends SpecificRecord> Optional<V> decode(
            Deserializer<V> deserializer, ConsumerRecord<String, byte[]> found) {
        return found.value() == null
                ? Optional.empty()
                : Decoded.of(deserializer, found.topic(), found.value()).value();
    }
}
