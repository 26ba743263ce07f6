package dev.tracerl.schemas.weights;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Decoded;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.WeightChunk;
import dev.tracerl.schemas.avro.WeightManifest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads weight versions from the chunk topic of their run, starting at the offset that the manifest names. */
public final class KafkaWeightReader implements WeightReader {

    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deserializer<WeightChunk> deserializer;

    /**
     * A reader with a consumer of its own.
     *
     * @param clientSettings bootstrap servers and security settings
     */
    public KafkaWeightReader(Map<String, Object> clientSettings, AvroSerdes serdes) {
        Map<String, Object> settings = new HashMap<>(clientSettings);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.deserializer = serdes.deserializer(WeightChunk.class);
    }

    @Override
    public byte[] read(WeightManifest manifest) {
        String[] location = manifest.getLocation().split(":", 2);
        TopicPartition partition = new TopicPartition(
                RunTopics.of(manifest.getModelId()).weightChunks().name(), Integer.parseInt(location[0]));
        consumer.assign(List.of(partition));
        consumer.seek(partition, Long.parseLong(location[1]));
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        Map<Integer, ByteBuffer> chunks = new HashMap<>();
        while (chunks.size() < manifest.getChunks() && consumer.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> chunk : consumer.poll(POLL)) {
                collect(manifest, chunk, chunks);
            }
        }
        return Checksum.verified(manifest, join(manifest, chunks));
    }

    private void collect(
            WeightManifest manifest, ConsumerRecord<byte[], byte[]> found, Map<Integer, ByteBuffer> chunks) {
        if (found.value() == null) {
            return;
        }
        Decoded<WeightChunk> decoded = Decoded.of(deserializer, found.topic(), found.value());
        decoded.value()
                .filter(chunk -> chunk.getVersion() == manifest.getVersion())
                .ifPresent(chunk -> chunks.put(chunk.getIndex(), chunk.getData()));
    }

    private static byte[] join(WeightManifest manifest, Map<Integer, ByteBuffer> chunks) {
        int size = chunks.values().stream().mapToInt(ByteBuffer::remaining).sum();
        ByteBuffer joined = ByteBuffer.allocate(size);
        for (int index = 0; index < manifest.getChunks(); index++) {
            ByteBuffer chunk = chunks.get(index);
            if (chunk == null) {
                throw new MissingWeightsException("weights " + manifest.getModelId() + "@" + manifest.getVersion()
                        + ": chunk " + index + " of " + manifest.getChunks()
                        + " is not on the log; the run's weight plan keeps the newest, every n-th and pinned versions");
            }
            joined.put(chunk.duplicate());
        }
        return joined.array();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
