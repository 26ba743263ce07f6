package dev.tracerl.schemas.weights;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.TrainerStateFile;
import dev.tracerl.schemas.avro.TrainerStateManifest;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The trainer states on the log of a run: what it takes to train on from a step, without the trainer's disk.
 *
 * @param connection broker and registry
 * @param serdes serdes of the registry
 */
public record TrainerStates(Connection connection, AvroSerdes serdes) {

    /** The states that are kept, by step; none for a run of a release that left none. */
    public NavigableMap<Long, TrainerStateManifest> of(String runId) {
        NavigableMap<Long, TrainerStateManifest> manifests = new TreeMap<>();
        TopicReader.latest(connection, serdes, RunTopics.of(runId).trainerStates())
                .values()
                .forEach(manifest -> manifests.put(manifest.getStep(), manifest));
        return manifests;
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
