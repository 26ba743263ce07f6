package dev.tracerl.model.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** {@link ModelConfig} as the {@code config.json} of a Hugging Face checkpoint. */
final class ModelConfigJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode root;
    private final List<String> missing = new ArrayList<>();

    private ModelConfigJson(JsonNode root) {
        this.root = root;
    }

    static ModelConfig read(String json) {
        try {
            return new ModelConfigJson(JSON.readTree(json)).toConfig();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("model configuration is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private ModelConfig toConfig() {
        int heads = required("num_attention_heads");
        int hidden = required("hidden_size");
        int eos = required("eos_token_id");
        int[] sizes = {
            required("vocab_size"),
            required("intermediate_size"),
            required("num_hidden_layers"),
            required("mask_token_id")
        };
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("model configuration: missing " + String.join(", ", missing));
        }
        return new ModelConfig(
                root.path("model_type").asText("sdar"),
                sizes[0],
                hidden,
                sizes[1],
                sizes[2],
                heads,
                optional("num_key_value_heads", heads),
                optional("head_dim", hidden / Math.max(1, heads)),
                root.path("rms_norm_eps").asDouble(1e-6),
                root.path("rope_theta").asDouble(10_000),
                root.path("use_qk_norm").asBoolean(true),
                root.path("attention_bias").asBoolean(false),
                root.path("tie_word_embeddings").asBoolean(false),
                optional("max_position_embeddings", 32_768),
                optional("block_size", 4),
                sizes[3],
                eos,
                optional("pad_token_id", eos));
    }

    private int required(String key) {
        if (!root.path(key).isIntegralNumber()) {
            missing.add(key);
        }
        return root.path(key).asInt();
    }

    private int optional(String key, int absent) {
        return root.path(key).asInt(absent);
    }

    static String write(ModelConfig config) {
        ObjectNode root = JSON.createObjectNode();
        root.put("model_type", config.modelType());
        root.putArray("architectures").add("SDARForCausalLM");
        root.put("vocab_size", config.vocabSize());
        root.put("hidden_size", config.hiddenSize());
        root.put("intermediate_size", config.intermediateSize());
        root.put("num_hidden_layers", config.layers());
        root.put("num_attention_heads", config.heads());
        root.put("num_key_value_heads", config.keyValueHeads());
        root.put("head_dim", config.headDim());
        root.put("hidden_act", "silu");
        root.put("max_position_embeddings", config.maxPositions());
        root.put("rms_norm_eps", config.normEpsilon());
        root.put("rope_theta", config.ropeTheta());
        root.put("use_qk_norm", config.queryKeyNorm());
        root.put("attention_bias", config.attentionBias());
        root.put("tie_word_embeddings", config.tiedEmbeddings());
        root.put("torch_dtype", "float32");
        root.put("block_size", config.blockSize());
        root.put("mask_token_id", config.maskTokenId());
        root.put("eos_token_id", config.eosTokenId());
        root.put("pad_token_id", config.padTokenId());
        return root.toPrettyString() + "\n";
    }
}
