package dev.tracerl.trainer.in;

import dev.tracerl.model.adapter.Adapters;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.safetensors.CheckpointException;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.WeightKind;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
import dev.tracerl.schemas.weights.CorruptWeightsException;
import dev.tracerl.schemas.weights.MissingWeightsException;
import dev.tracerl.schemas.weights.StoredWeights;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.schemas.weights.WeightReader;
import dev.tracerl.trainer.state.Safetensors;
import java.util.HashMap;
import java.util.Map;

/**
 * The versions of a run that are on the log.
 *
 * @param connection broker and registry
 * @param serdes serdes of the registry
 */
record PublishedWeights(Connection connection, AvroSerdes serdes) {

    /**
     * The weights of a version; adapters are merged into their base.
     *
     * @throws MissingWeightsException if the version or its base is not on the log
     * @throws CorruptWeightsException if bytes are not what was announced
     * @throws CheckpointException if the bytes do not fit the model
     */
    Parameters read(String runId, long version, ModelConfig config) {
        Map<Long, WeightManifest> manifests = manifests(runId);
        WeightManifest manifest = require(manifests, runId, version);
        try (WeightReader reader = new StoredWeights(connection, serdes)) {
            return switch (manifest.getKind()) {
                case FULL -> full(reader, manifest, config);
                case ADAPTER -> {
                    WeightManifest base = base(manifests, manifest);
                    yield adapters(reader, manifest, config).mergeInto(full(reader, base, config));
                }
                case DELTA ->
                    throw new CheckpointException(
                            name(runId, version) + " is of the kind DELTA, which cannot" + " be read yet");
            };
        }
    }

    /**
     * What announces a version.
     *
     * @throws MissingWeightsException if it was not published
     */
    WeightManifest manifest(String runId, long version) {
        return require(manifests(runId), runId, version);
    }

    private static Parameters full(WeightReader reader, WeightManifest manifest, ModelConfig config) {
        try (WeightBytes bytes = reader.read(manifest)) {
            return Parameters.read(Safetensors.tensors(bytes), config);
        }
    }

    private static Adapters adapters(WeightReader reader, WeightManifest manifest, ModelConfig config) {
        try (WeightBytes bytes = reader.read(manifest)) {
            return Adapters.read(Safetensors.tensors(bytes), config);
        }
    }

    private static WeightManifest base(Map<Long, WeightManifest> manifests, WeightManifest adapter) {
        Long version = adapter.getBaseVersion();
        if (version == null) {
            throw new CheckpointException(name(adapter.getModelId(), adapter.getVersion()) + " names no base");
        }
        WeightManifest base = require(manifests, adapter.getModelId(), version);
        if (base.getKind() != WeightKind.FULL) {
            throw new CheckpointException(name(adapter.getModelId(), adapter.getVersion()) + ": its base, version "
                    + version + ", is not FULL but " + base.getKind());
        }
        return base;
    }

    private Map<Long, WeightManifest> manifests(String runId) {
        Map<Long, WeightManifest> manifests = new HashMap<>();
        TopicReader.each(
                connection,
                serdes,
                RunTopics.of(runId).weightsHistory(),
                (key, manifest) -> manifest.ifPresent(found -> manifests.put(found.getVersion(), found)));
        return manifests;
    }

    private static WeightManifest require(Map<Long, WeightManifest> manifests, String runId, long version) {
        WeightManifest manifest = manifests.get(version);
        if (manifest == null) {
            throw new MissingWeightsException("run " + runId + " has not published version " + version);
        }
        return manifest;
    }

    private static String name(String runId, long version) {
        return "weights " + runId + "@" + version;
    }
}
