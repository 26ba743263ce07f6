package dev.tracerl.schemas.weights;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.client.Connection;

/** Reads weight versions from the store that their manifest names: from the chunks on the log, or from the weight folder. */
public final class StoredWeights implements WeightReader {

    private final Connection connection;
    private final ChunkReader chunks;

    /** A reader with a consumer of its own. */
    public StoredWeights(Connection connection, AvroSerdes serdes) {
        this.connection = connection;
        this.chunks = new ChunkReader(connection, serdes);
    }

    @Override
    public WeightBytes read(WeightManifest manifest) {
        return switch (manifest.getStore()) {
            case KAFKA -> Checksum.verified(manifest, joined(manifest));
            case FILE ->
                Checksum.verified(
                        manifest,
                        WeightFolder.of(connection, Checksum.name(manifest))
                                .read(Checksum.name(manifest), manifest.getLocation()));
            case S3 ->
                throw new MissingWeightsException(Checksum.name(manifest)
                        + ": store S3 is not supported; mount the bucket as a folder and use FILE");
        };
    }

    private WeightBytes joined(WeightManifest manifest) {
        TemporaryFile file = new TemporaryFile(Checksum.name(manifest));
        try {
            int found = chunks.read(
                    RunTopics.of(manifest.getModelId()).weightChunks(),
                    manifest.getLocation(),
                    manifest.getVersion(),
                    manifest.getChunks(),
                    (index, bytes) -> file.append(bytes));
            if (found < manifest.getChunks()) {
                throw missing(manifest, found);
            }
            return file.bytes();
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static MissingWeightsException missing(WeightManifest manifest, int index) {
        return new MissingWeightsException(Checksum.name(manifest) + ": chunk " + index + " of " + manifest.getChunks()
                + " is not on the log; the run's weight plan keeps the newest, every n-th and pinned versions");
    }

    @Override
    public void close() {
        chunks.close();
    }
}
