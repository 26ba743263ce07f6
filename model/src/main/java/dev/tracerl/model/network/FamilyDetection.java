package dev.tracerl.model.network;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;

/** Which family a {@code config.json} is of: what {@code model_type} and {@code architectures} agree on. */
final class FamilyDetection {
    private FamilyDetection() {}

    /** A configuration that says nothing is one of SDAR. */
    static ModelFamily of(JsonNode root) {
        String type = root.path("model_type").asText("");
        String architecture = root.path("architectures").path(0).asText("");
        require(
                !(type + architecture).toLowerCase(Locale.ROOT).contains("moe"),
                "mixtures of experts (%s %s) are not supported",
                type,
                architecture);
        Optional<ModelFamily> byType = ModelFamily.ofModelType(type);
        Optional<ModelFamily> byArchitecture = ModelFamily.ofArchitecture(architecture);
        require(
                byType.isPresent() || type.isEmpty(),
                "model_type %s is unknown; known are %s",
                type,
                ModelFamily.knownModelTypes());
        require(
                byArchitecture.isPresent() || architecture.isEmpty(),
                "architecture %s is unknown; known are those of model types %s",
                architecture,
                ModelFamily.knownModelTypes());
        require(
                byType.isEmpty() || byArchitecture.isEmpty() || byType.equals(byArchitecture),
                "model_type %s contradicts architecture %s",
                type,
                architecture);
        return byType.or(() -> byArchitecture).orElse(ModelFamily.SDAR);
    }

    private static void require(boolean condition, String problem, String first, String second) {
        if (!condition) {
            throw new IllegalArgumentException("model configuration: " + problem.formatted(first, second));
        }
    }
}
