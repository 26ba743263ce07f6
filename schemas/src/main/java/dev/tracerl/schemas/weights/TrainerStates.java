package dev.tracerl.schemas.weights;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.OriginalPlace;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.TrainerStateFile;
import dev.tracerl.schemas.avro.TrainerStateManifest;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.time.Duration;
import java.util.Iterator;
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
     * The state that a run left at a version.
     *
     * @throws MissingWeightsException if there is none, naming the versions that have one
     */
    public TrainerStateManifest at(String runId, long version) {
        NavigableMap<Long, TrainerStateManifest> kept = of(runId);
        TrainerStateManifest manifest = kept.get(version);
        if (manifest == null) {
            throw new MissingWeightsException("run " + runId + " has no trainer state at version " + version
                    + "; it has those of versions " + kept.keySet()
                    + ": its weight plan leaves one every stateEverySteps steps and keeps the newest keepStates");
        }
        return manifest;
    }

    /**
     * Whether the log was restored from an archive. The places in the input that its states hold are then those of the
     * first log; a trainer cannot read on there.
     */
    public boolean isRestored(String runId) {
        TopicPartition partition =
                new TopicPartition(RunTopics.of(runId).trainerStates().name(), 0);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                connection.readerSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
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
     * The files of a state by name, each verified against its size and sha256, and to be closed after use. They are those
     * of a checkpoint directory: {@code parameters.safetensors}, {@code optimizer.bin}, {@code state.json} and so on.
     *
     * @throws CorruptWeightsException if bytes differ from the manifest
     * @throws MissingWeightsException if bytes are not there any more
     */
    public Map<String, WeightBytes> read(TrainerStateManifest manifest) {
        return switch (manifest.getStore()) {
            case KAFKA -> StateChunks.read(this, manifest);
            case FILE -> fromFolder(manifest);
            case S3 ->
                throw new MissingWeightsException(
                        name(manifest) + ": store S3 is not supported; mount the bucket as a folder and use FILE");
        };
    }

    private Map<String, WeightBytes> fromFolder(TrainerStateManifest manifest) {
        WeightFolder folder = WeightFolder.of(connection, name(manifest));
        Map<String, WeightBytes> files = new LinkedHashMap<>();
        try {
            // All are open before the first is verified, which takes a while: the trainer may delete them meanwhile.
            for (TrainerStateFile file : manifest.getFiles()) {
                String location = manifest.getLocation() + "/" + file.getName();
                files.put(file.getName(), folder.read(name(manifest, file), location));
            }
            Iterator<WeightBytes> opened = files.values().iterator();
            for (TrainerStateFile file : manifest.getFiles()) {
                Checksum.verified(name(manifest, file), file.getSize(), file.getSha256(), opened.next());
            }
            return files;
        } catch (RuntimeException e) {
            files.values().forEach(WeightBytes::close);
            throw e;
        }
    }

    static String name(TrainerStateManifest manifest) {
        return "trainer state " + manifest.getRunId() + "@" + manifest.getStep();
    }

    static String name(TrainerStateManifest manifest, TrainerStateFile file) {
        return name(manifest) + ", " + file.getName();
    }
}
