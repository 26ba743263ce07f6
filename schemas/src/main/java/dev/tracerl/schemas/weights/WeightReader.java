package dev.tracerl.schemas.weights;

import dev.tracerl.schemas.avro.WeightManifest;

/** Fetches the bytes of a weight version from where its manifest says they are. Not thread-safe. */
public interface WeightReader extends AutoCloseable {

    /**
     * The bytes of a version, verified against the manifest's size and sha256; to be closed after use.
     *
     * @throws CorruptWeightsException if the bytes differ from the manifest
     * @throws MissingWeightsException if the bytes are not there (any more)
     */
    WeightBytes read(WeightManifest manifest);

    @Override
    void close();
}
