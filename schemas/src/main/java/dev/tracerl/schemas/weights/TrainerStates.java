package dev.tracerl.schemas.weights;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.OriginalPlace;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.TrainerStateFile;
import dev.tracerl.schemas.avro.TrainerStateManifest;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The trainer states on the log of a run: what it takes to train on from a step, without the trainer's disk.
 *
 * @param connection broker and registry
 * @param serdes serdes of the registry
 */
public record TrainerStates(Connection connection, AvroSerdes serdes) {

    private static final Duration POLL = Duration.ofMillis(200);

    /** The states that are kept, by step; none for a run of a release that left none. */
    public NavigableMap<Long, TrainerStateManifest> of(String runId) {
        NavigableMap<Long, TrainerStateManifest> manifests = new TreeMap<>();
        TopicReader.latest(connection, serdes, RunTopics.of(runId).trainerStates())
                .values()
                .forEach(manifest -> manifests.put(manifest.getStep(), manifest));
        return manifests;
    }

    /**
     * Whether the log was restored from an archive. The places in the input that its states hold are then those of the
     * first log; a trainer cannot read on there.
     */
    public boolean isRestored(String runId) {
        TopicPartition partition =
                new TopicPartition(RunTopics.of(runId).trainerStates().name(), 0);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                connection.consumerSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            boolean restored = false;
            while (!restored && consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
                    restored |= found.headers().lastHeader(OriginalPlace.HEADER) != null;
                }
            }
            return restored;
        }
    }

    /**
     * The files of a state by name, each verified against its size and sha256. They are those of a checkpoint directory:
     * {@code parameters.safetensors}, {@code optimizer.bin}, {@code state.json} and so on.
     *
     * @throws CorruptWeightsException if bytes differ from the manifest
     * @throws MissingWeightsException if bytes are not there any more
     */
    public Map<String, byte[]> read(TrainerStateManifest manifest) {
        int count = manifest.getFiles().stream()
                .mapToInt(TrainerStateFile::getChunks)
                .sum();
        try (ChunkReader reader = new ChunkReader(connection.clientSettings(), serdes)) {
            Map<Integer, ByteBuffer> chunks = reader.read(
                    RunTopics.of(manifest.getRunId()).trainerStateChunks(),
                    manifest.getLocation(),
                    manifest.getStep(),
                    count);
            return files(manifest, chunks);
        }
    }

    private static Map<String, byte[]> files(TrainerStateManifest manifest, Map<Integer, ByteBuffer> chunks) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        int next = 0;
        for (TrainerStateFile file : manifest.getFiles()) {
            byte[] bytes = ChunkReader.join(chunks, next, file.getChunks(), index -> missing(manifest, file, index));
            files.put(
                    file.getName(),
                    Checksum.verified(name(manifest) + ", " + file.getName(), file.getSize(), file.getSha256(), bytes));
            next += file.getChunks();
        }
        return files;
    }

    private static MissingWeightsException missing(TrainerStateManifest manifest, TrainerStateFile file, int index) {
        return new MissingWeightsException(name(manifest) + ", " + file.getName() + ": chunk " + index
                + " is not on the log; the run's weight plan keeps the newest states only");
    }

    private static String name(TrainerStateManifest manifest) {
        return "trainer state " + manifest.getRunId() + "@" + manifest.getStep();
    }
}
