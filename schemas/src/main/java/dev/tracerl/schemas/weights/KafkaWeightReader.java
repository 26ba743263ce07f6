package dev.tracerl.schemas.weights;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.WeightManifest;
import java.nio.ByteBuffer;
import java.util.Map;

/** Reads weight versions from the chunk topic of their run, starting at the offset that the manifest names. */
public final class KafkaWeightReader implements WeightReader {

    private final ChunkReader chunks;

    /**
     * A reader with a consumer of its own.
     *
     * @param clientSettings bootstrap servers and security settings
     */
    public KafkaWeightReader(Map<String, Object> clientSettings, AvroSerdes serdes) {
        this.chunks = new ChunkReader(clientSettings, serdes);
    }

    @Override
    public byte[] read(WeightManifest manifest) {
        Map<Integer, ByteBuffer> found = chunks.read(
                RunTopics.of(manifest.getModelId()).weightChunks(),
                manifest.getLocation(),
                manifest.getVersion(),
                manifest.getChunks());
        return Checksum.verified(
                manifest, ChunkReader.join(found, 0, manifest.getChunks(), index -> missing(manifest, index)));
    }

    private static MissingWeightsException missing(WeightManifest manifest, int index) {
        return new MissingWeightsException("weights " + manifest.getModelId() + "@" + manifest.getVersion() + ": chunk "
                + index + " of " + manifest.getChunks()
                + " is not on the log; the run's weight plan keeps the newest, every n-th and pinned versions");
    }

    @Override
    public void close() {
        chunks.close();
    }
}
