package dev.tracerl.schemas.weights;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Decoded;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.avro.WeightChunk;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads the chunks of one version, of weights or of a trainer's state, from the place that its manifest names. */
final class ChunkReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deserializer<WeightChunk> deserializer;

    /**
     * A reader with a consumer of its own.
     *
     * @param clientSettings bootstrap servers and security settings
     */
    ChunkReader(Map<String, Object> clientSettings, AvroSerdes serdes) {
        Map<String, Object> settings = new HashMap<>(clientSettings);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.deserializer = serdes.deserializer(WeightChunk.class);
    }

    /**
     * The chunks of a version that are there, by index.
     *
     * @param location partition and offset of the first, see {@link WeightChunks#location}
     * @param count how many there should be
     */
    Map<Integer, ByteBuffer> read(Topic<WeightChunk> topic, String location, long version, int count) {
        String[] place = location.split(":", 2);
        TopicPartition partition = new TopicPartition(topic.name(), Integer.parseInt(place[0]));
        consumer.assign(List.of(partition));
        consumer.seek(partition, Long.parseLong(place[1]));
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        Map<Integer, ByteBuffer> chunks = new HashMap<>();
        while (chunks.size() < count && consumer.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> chunk : consumer.poll(POLL)) {
                collect(version, chunk, chunks);
            }
        }
        return chunks;
    }

    private void collect(long version, ConsumerRecord<byte[], byte[]> found, Map<Integer, ByteBuffer> chunks) {
        if (found.value() == null) {
            return;
        }
        Decoded<WeightChunk> decoded = Decoded.of(deserializer, found.topic(), found.value());
        decoded.value()
                .filter(chunk -> chunk.getVersion() == version)
                .ifPresent(chunk -> chunks.put(chunk.getIndex(), chunk.getData()));
    }

    /**
     * Chunks as one array.
     *
     * @param from index of the first
     * @param count how many
     * @param missing says, given the index of a chunk that is not there, what that means
     */
    static byte[] join(Map<Integer, ByteBuffer> chunks, int from, int count, Missing missing) {
        List<ByteBuffer> parts = new ArrayList<>(count);
        for (int index = from; index < from + count; index++) {
            ByteBuffer chunk = chunks.get(index);
            if (chunk == null) {
                throw missing.chunk(index);
            }
            parts.add(chunk.duplicate());
        }
        ByteBuffer joined = ByteBuffer.allocate(
                parts.stream().mapToInt(ByteBuffer::remaining).sum());
        parts.forEach(joined::put);
        return joined.array();
    }

    /** Explains that a chunk is not there. */
    interface Missing {

        MissingWeightsException chunk(int index);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
