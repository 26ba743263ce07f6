package dev.tracerl.schemas.weights;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Decoded;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.avro.WeightChunk;
import dev.tracerl.schemas.client.Connection;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads the chunks of one version, of weights or of a trainer's state, one at a time from the place that its manifest names. */
final class ChunkReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deserializer<WeightChunk> deserializer;

    /** A reader with a consumer of its own. */
    ChunkReader(Connection connection, AvroSerdes serdes) {
        Map<String, Object> settings = connection.readerSettings();
        // A chunk is always delivered whole; no more than one has to be in memory.
        settings.remove(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG);
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.deserializer = serdes.deserializer(WeightChunk.class);
    }

    /**
     * Reads the chunks of a version, which are on the log in their order, until one is missing.
     *
     * @param location partition and offset of the first, see {@link WeightChunks#location}
     * @param count how many there should be
     * @param sink given the bytes of one after the other
     * @return how many there are
     */
    int read(Topic<WeightChunk> topic, String location, long version, int count, Sink sink) {
        String[] place = location.split(":", 2);
        TopicPartition partition = new TopicPartition(topic.name(), Integer.parseInt(place[0]));
        consumer.assign(List.of(partition));
        consumer.seek(partition, Long.parseLong(place[1]));
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        int next = 0;
        while (next < count && consumer.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
                Optional<WeightChunk> chunk = decode(found, version, next);
                if (chunk.isPresent() && next < count) {
                    sink.take(next, chunk.get().getData());
                    next++;
                }
            }
        }
        return next;
    }

    private Optional<WeightChunk> decode(ConsumerRecord<byte[], byte[]> found, long version, int index) {
        return found.value() == null
                ? Optional.empty()
                : Decoded.of(deserializer, found.topic(), found.value())
                        .value()
                        .filter(chunk -> chunk.getVersion() == version && chunk.getIndex() == index);
    }

    /** Takes chunks. */
    interface Sink {

        /** The bytes of a chunk. */
        void take(int index, ByteBuffer bytes);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
