package dev.tracerl.rollout.weights;

import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.avro.WeightKind;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.weights.CorruptWeightsException;
import dev.tracerl.schemas.weights.MissingWeightsException;
import dev.tracerl.schemas.weights.WeightReader;

/** Fetches, verifies and parses one version. Not thread-safe, as its reader. */
final class WeightParser implements AutoCloseable {

    private final WeightReader reader;
    private final ModelConfig config;

    WeightParser(WeightReader reader, ModelConfig config) {
        this.reader = reader;
        this.config = config;
    }

    /**
     * The version that a manifest announces.
     *
     * @throws MissingWeightsException if its bytes are not there, or not yet
     * @throws UnusableWeightsException if the version must be refused
     */
    PolicyWeights read(WeightManifest manifest) {
        requireSupported(manifest);
        byte[] bytes = fetch(manifest);
        Parameters parameters = parse(manifest, bytes);
        FiniteCheck.firstBad(parameters).ifPresent(tensor -> {
            throw refused(manifest, "tensor " + tensor + " holds values that are not finite");
        });
        return new PolicyWeights(manifest.getVersion(), parameters);
    }

    private Parameters parse(WeightManifest manifest, byte[] bytes) {
        try {
            return Parameters.read(bytes, config);
        } catch (RuntimeException e) {
            throw unusable(manifest, "the bytes are no weights of this model: " + e.getMessage(), e);
        }
    }

    private byte[] fetch(WeightManifest manifest) {
        try {
            return reader.read(manifest);
        } catch (CorruptWeightsException e) {
            throw new UnusableWeightsException(String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw unusable(manifest, "location '" + manifest.getLocation() + "' is not partition:offset", e);
        }
    }

    private static void requireSupported(WeightManifest manifest) {
        if (manifest.getKind() != WeightKind.FULL) {
            throw refused(manifest, "kind " + manifest.getKind() + " is not supported; publish FULL weights");
        }
        if (manifest.getStore() != StoreKind.KAFKA) {
            throw refused(manifest, "store " + manifest.getStore() + " is not supported; use KAFKA");
        }
        if (!manifest.getFormat().equals("safetensors")) {
            throw refused(manifest, "format " + manifest.getFormat() + " is not supported; use safetensors");
        }
    }

    private static UnusableWeightsException refused(WeightManifest manifest, String reason) {
        return new UnusableWeightsException(name(manifest) + ": " + reason);
    }

    private static UnusableWeightsException unusable(WeightManifest manifest, String reason, RuntimeException cause) {
        return new UnusableWeightsException(name(manifest) + ": " + reason, cause);
    }

    static String name(WeightManifest manifest) {
        return "weights " + manifest.getModelId() + "@" + manifest.getVersion();
    }

    @Override
    public void close() {
        reader.close();
    }
}
