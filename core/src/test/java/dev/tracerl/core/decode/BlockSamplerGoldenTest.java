package dev.tracerl.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tracerl.core.golden.GoldenFile;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BlockSamplerGoldenTest {

    private static final JsonNode FILE = GoldenFile.read("block_sampler.json");

    static Stream<JsonNode> cases() {
        return GoldenFile.list(FILE.get("cases")).stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void samplerReproducesThePublishedGenerations(JsonNode golden) {
        // Given
        BlockSampler sampler = new BlockSampler(
                settings(golden),
                FILE.get("mask_id").intValue(),
                Set.of(golden.get("eos").intValue()));

        // When
        SampledResponse response =
                sampler.sampleModes(network(golden.get("logits")), GoldenFile.ints(golden.get("prompt")));

        // Then
        int kept = response.keptTokens();
        assertThat(Arrays.copyOf(response.tokens(), kept)).isEqualTo(GoldenFile.ints(golden.get("completion")));
        assertThat(Arrays.copyOf(response.stepMap(), kept)).isEqualTo(GoldenFile.ints(golden.get("unmask_steps")));
        assertThat(response.forwards()).isEqualTo(golden.get("forwards").intValue());
    }

    private static SamplerSettings settings(JsonNode golden) {
        return new SamplerSettings(
                golden.get("block_size").intValue(),
                golden.get("denoising_steps").intValue(),
                policy(
                        golden.get("strategy").textValue(),
                        golden.get("threshold").doubleValue()),
                golden.get("temperature").doubleValue(),
                0,
                1,
                golden.get("max_tokens").intValue());
    }

    private static UnmaskingPolicy policy(String strategy, double threshold) {
        return switch (strategy) {
            case "sequential" -> new UnmaskingPolicy.Sequential();
            case "low_confidence_static" -> new UnmaskingPolicy.StaticLowConfidence();
            case "low_confidence_dynamic" -> new UnmaskingPolicy.DynamicLowConfidence(threshold);
            case "entropy_bounded" -> new UnmaskingPolicy.EntropyBounded(threshold);
            default -> throw new IllegalArgumentException(strategy);
        };
    }

    /** 3 sin(a position + b vocabulary index + c current token), mask column -50, padding column lowered by 2. */
    private static LogitsSource network(JsonNode formula) {
        double a = formula.get("a").doubleValue();
        double b = formula.get("b").doubleValue();
        double c = formula.get("c").doubleValue();
        return (tokens, blockStart) -> {
            double[][] logits =
                    new double[tokens.length - blockStart][FILE.get("vocab").intValue()];
            for (int i = 0; i < logits.length; i++) {
                for (int v = 0; v < logits[i].length; v++) {
                    logits[i][v] = 3 * Math.sin(a * (blockStart + i) + b * v + c * tokens[blockStart + i]);
                }
                logits[i][FILE.get("mask_id").intValue()] = -50;
                logits[i][FILE.get("pad_id").intValue()] -= 2;
            }
            return logits;
        };
    }
}
