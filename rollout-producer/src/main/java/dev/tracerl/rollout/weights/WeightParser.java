package dev.tracerl.rollout.weights;

import dev.tracerl.model.adapter.Adapters;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.safetensors.TensorBytes;
import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.avro.WeightKind;
import dev.tracerl.schemas.avro.WeightManifest;
import dev.tracerl.schemas.weights.CorruptWeightsException;
import dev.tracerl.schemas.weights.MissingWeightsException;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.schemas.weights.WeightReader;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Fetches, verifies and parses one version; adapters are merged into their base, which is kept for the next ones. Not
 * thread-safe, as its reader.
 */
final class WeightParser implements AutoCloseable {

    private final WeightReader reader;
    private final ModelConfig config;
    private final LongFunction<Optional<WeightManifest>> history;
    private @Nullable PolicyWeights base;

    /** @param history manifest of a version */
    WeightParser(WeightReader reader, ModelConfig config, LongFunction<Optional<WeightManifest>> history) {
        this.reader = reader;
        this.config = config;
        this.history = history;
    }

    /**
     * The version that a manifest announces.
     *
     * @throws MissingWeightsException if its bytes, or its base's, are not there, or not yet
     * @throws UnusableWeightsException if the version must be refused
     */
    PolicyWeights read(WeightManifest manifest) {
        requireSupported(manifest);
        Parameters parameters = parameters(manifest);
        FiniteCheck.firstBad(parameters).ifPresent(tensor -> {
            throw refused(manifest, "tensor " + tensor + " holds values that are not finite");
        });
        return new PolicyWeights(manifest.getVersion(), parameters);
    }

    private Parameters parameters(WeightManifest manifest) {
        try (WeightBytes bytes = fetch(manifest)) {
            TensorBytes tensors = TensorBytes.of(bytes.size(), bytes::read);
            return manifest.getKind() == WeightKind.ADAPTER ? merged(manifest, tensors) : parse(manifest, tensors);
        }
    }

    private Parameters merged(WeightManifest manifest, TensorBytes bytes) {
        Adapters adapters = adapters(manifest, bytes);
        try {
            return adapters.mergeInto(base(manifest));
        } catch (MissingWeightsException e) {
            throw new MissingWeightsException(name(manifest) + " needs its base: " + e.getMessage());
        } catch (UnusableWeightsException e) {
            throw unusable(manifest, "its base cannot be used: " + e.getMessage(), e);
        }
    }

    private Adapters adapters(WeightManifest manifest, TensorBytes bytes) {
        try {
            return Adapters.read(bytes, config);
        } catch (RuntimeException e) {
            throw unusable(manifest, "the bytes are no adapters of this model: " + e.getMessage(), e);
        }
    }

    private Parameters base(WeightManifest adapter) {
        Long version = adapter.getBaseVersion();
        if (version == null) {
            throw refused(adapter, "it is an adapter and names no base");
        }
        PolicyWeights known = base;
        if (known == null || known.version() != version) {
            known = read(baseManifest(version));
            base = known;
        }
        return known.parameters();
    }

    private WeightManifest baseManifest(long version) {
        WeightManifest manifest = history.apply(version)
                .orElseThrow(() ->
                        new UnusableWeightsException("version " + version + " is not on the topic weights-history"));
        if (manifest.getKind() != WeightKind.FULL) {
            throw refused(manifest, "it is not FULL but " + manifest.getKind());
        }
        return manifest;
    }

    private Parameters parse(WeightManifest manifest, TensorBytes bytes) {
        try {
            return Parameters.read(bytes, config);
        } catch (RuntimeException e) {
            throw unusable(manifest, "the bytes are no weights of this model: " + e.getMessage(), e);
        }
    }

    private WeightBytes fetch(WeightManifest manifest) {
        try {
            return reader.read(manifest);
        } catch (CorruptWeightsException e) {
            throw new UnusableWeightsException(String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw unusable(manifest, "location '" + manifest.getLocation() + "' is not partition:offset", e);
        }
    }

    private static void requireSupported(WeightManifest manifest) {
        if (manifest.getKind() == WeightKind.DELTA) {
            throw refused(manifest, "kind DELTA is not supported; publish FULL weights or an ADAPTER");
        }
        if (manifest.getStore() == StoreKind.S3) {
            throw refused(manifest, "store S3 is not supported; use KAFKA, or FILE with a bucket mounted as a folder");
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
