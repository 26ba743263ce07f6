package dev.tracerl.schemas.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Decoded;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.TopicCreator;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Utils;

/** Reads a topic from its start to what is its end at the time of the call. */
public final class TopicReader {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Pattern NUMBERED = Pattern.compile(".*-\\d{1,18}");

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

    /**
     * Like {@link #each}, for the records of one group, which all are in one partition: the one by the group's number or the
     * one by its key. The others are read only if neither has any, as on a log that was restored with other partitions.
     */
    public static <V extends SpecificRecord> void ofGroup(
            Connection connection,
            AvroSerdes serdes,
            Topic<V> topic,
            String groupId,
            BiConsumer<String, Optional<V>> handler) {
        Deserializer<V> deserializer = serdes.deserializer(topic.valueType());
        AtomicBoolean known = new AtomicBoolean();
        Iterator<Integer> partitions =
                likeliest(groupId, count(connection, topic)).iterator();
        while (partitions.hasNext() && !known.get()) {
            int partition = partitions.next();
            scan(connection, topic, one -> one == partition, found -> {
                if (groupId.equals(found.key())) {
                    known.set(true);
                    handler.accept(found.key(), decode(deserializer, found));
                }
            });
        }
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

    /**
     * Where the records of a key begin that were written since it was deleted last: the offset after its newest tombstone on
     * a topic of one partition, 0 without any. What was deleted stays readable before it until the topic is compacted.
     */
    public static long sinceDeletion(Connection connection, Topic<?> topic, String key) {
        AtomicLong since = new AtomicLong();
        scan(connection, topic, found -> {
            if (found.value() == null && key.equals(found.key())) {
                since.set(found.offset() + 1);
            }
        });
        return since.get();
    }

    private static Set<Integer> likeliest(String groupId, int count) {
        Set<Integer> partitions = new LinkedHashSet<>();
        if (NUMBERED.matcher(groupId).matches()) {
            partitions.add(Ids.partition(Ids.sequence(groupId)) % count);
        }
        partitions.add(Utils.toPositive(Utils.murmur2(groupId.getBytes(UTF_8))) % count); // the producers' default
        IntStream.range(0, count).forEach(partitions::add);
        return partitions;
    }

    private static int count(Connection connection, Topic<?> topic) {
        try (Admin admin = Admin.create(connection.clientSettings())) {
            return TopicCreator.partitions(admin, List.of(topic.name())).getOrDefault(topic.name(), 1);
        }
    }

    private static void scan(Connection connection, Topic<?> topic, Consumer<ConsumerRecord<String, byte[]>> handler) {
        scan(connection, topic, partition -> true, handler);
    }

    private static void scan(
            Connection connection,
            Topic<?> topic,
            IntPredicate wanted,
            Consumer<ConsumerRecord<String, byte[]>> handler) {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                connection.readerSettings(), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .filter(partition -> wanted.test(partition.partition()))
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
