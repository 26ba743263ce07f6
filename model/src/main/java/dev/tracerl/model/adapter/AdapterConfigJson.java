package dev.tracerl.model.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tracerl.model.safetensors.CheckpointException;
import java.util.ArrayList;
import java.util.List;

/** {@link AdapterSettings} as the {@code adapter_config.json} of PEFT, which names modules instead of their weights. */
final class AdapterConfigJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WEIGHT = ".weight";

    private AdapterConfigJson() {}

    static String write(AdapterSettings settings) {
        ObjectNode root = JSON.createObjectNode();
        root.put("peft_type", "LORA");
        root.put("task_type", "CAUSAL_LM");
        root.putNull("base_model_name_or_path");
        root.put("r", settings.rank());
        root.put("lora_alpha", settings.alpha());
        settings.targets().forEach(target -> root.withArray("target_modules").add(module(target)));
        root.put("lora_dropout", 0.0);
        root.put("bias", "none");
        root.put("fan_in_fan_out", false);
        root.put("inference_mode", true);
        return root.toString();
    }

    static AdapterSettings read(String json) {
        try {
            JsonNode root = JSON.readTree(json);
            if (!root.path("peft_type").asText().equals("LORA")) {
                throw new CheckpointException("adapter_config: peft_type is not LORA but " + root.path("peft_type"));
            }
            List<String> targets = new ArrayList<>();
            root.path("target_modules").forEach(module -> targets.add(module.asText() + WEIGHT));
            return new AdapterSettings(
                    root.path("r").asInt(), root.path("lora_alpha").asDouble(), targets);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new CheckpointException("adapter_config: " + e.getMessage(), e);
        }
    }

    /** Name of the module whose weight a parameter is. */
    static String module(String target) {
        return target.endsWith(WEIGHT) ? target.substring(0, target.length() - WEIGHT.length()) : target;
    }
}
