package dev.tracerl.model.selfcheck;

import static dev.tracerl.model.selfcheck.Vectors.ints;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tracerl.core.decode.BlockSampler;
import dev.tracerl.core.decode.LogitsSource;
import dev.tracerl.core.decode.SampledResponse;
import dev.tracerl.core.decode.SamplerSettings;
import dev.tracerl.core.decode.UnmaskingPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Generations of the block sampler in plain Java. */
final class SamplerCheck {
    private final JsonNode file;

    private SamplerCheck(JsonNode file) {
        this.file = file;
    }

    static List<Finding> of(String name, JsonNode file) {
        SamplerCheck check = new SamplerCheck(file);
        double different = Vectors.list(file.get("cases")).stream()
                .mapToDouble(check::different)
                .sum();
        return List.of(Finding.exact(name + " completions, step maps and forwards", different));
    }

    private double different(JsonNode vector) {
        SamplerSettings settings = new SamplerSettings(
                vector.get("block_size").intValue(),
                vector.get("denoising_steps").intValue(),
                policy(vector),
                vector.get("temperature").doubleValue(),
                0,
                1,
                vector.get("max_tokens").intValue());
        Set<Integer> stop = Set.of(vector.get("eos").intValue());
        SampledResponse response = new BlockSampler(
                        settings, file.get("mask_id").intValue(), stop)
                .sampleModes(network(vector.get("logits")), ints(vector.get("prompt")));
        int kept = response.keptTokens();
        double forwards = response.forwards() == vector.get("forwards").intValue() ? 0 : 1;
        return forwards
                + Vectors.different(Arrays.copyOf(response.tokens(), kept), ints(vector.get("completion")))
                + Vectors.different(Arrays.copyOf(response.stepMap(), kept), ints(vector.get("unmask_steps")));
    }

    static UnmaskingPolicy policy(JsonNode vector) {
        double threshold = vector.get("threshold").doubleValue();
        String strategy = vector.get("strategy").textValue();
        return switch (strategy) {
            case "sequential" -> new UnmaskingPolicy.Sequential();
            case "low_confidence_static" -> new UnmaskingPolicy.StaticLowConfidence();
            case "low_confidence_dynamic" -> new UnmaskingPolicy.DynamicLowConfidence(threshold);
            case "entropy_bounded" -> new UnmaskingPolicy.EntropyBounded(threshold);
            default -> throw new IllegalArgumentException("strategy " + strategy);
        };
    }

    /** 3 sin(a position + b vocabulary index + c current token), mask column -50, padding column lowered by 2. */
    private LogitsSource network(JsonNode formula) {
        double a = formula.get("a").doubleValue();
        double b = formula.get("b").doubleValue();
        double c = formula.get("c").doubleValue();
        return (tokens, blockStart) -> {
            double[][] logits =
                    new double[tokens.length - blockStart][file.get("vocab").intValue()];
            for (int i = 0; i < logits.length; i++) {
                for (int v = 0; v < logits[i].length; v++) {
                    logits[i][v] = 3 * Math.sin(a * (blockStart + i) + b * v + c * tokens[blockStart + i]);
                }
                logits[i][file.get("mask_id").intValue()] = -50;
                logits[i][file.get("pad_id").intValue()] -= 2;
            }
            return logits;
        };
    }
}
