package dev.tracerl.model.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map.Entry;

/** {@link ModelConfig} as the {@code config.json} of a Hugging Face checkpoint. */
final class ModelConfigJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> REQUIRED = List.of(
            "num_attention_heads",
            "hidden_size",
            "eos_token_id",
            "vocab_size",
            "intermediate_size",
            "num_hidden_layers",
            "mask_token_id");
    private static final List<String> INTEGERS = List.of(
            "num_attention_heads",
            "hidden_size",
            "vocab_size",
            "intermediate_size",
            "num_hidden_layers",
            "mask_token_id",
            "num_key_value_heads",
            "head_dim",
            "max_position_embeddings",
            "block_size",
            "pad_token_id");
    private static final List<String> REALS = List.of("rms_norm_eps", "rope_theta", "initializer_range");
    private static final List<String> FLAGS = List.of("use_qk_norm", "attention_bias", "tie_word_embeddings");

    /** Features that change the network and are not computed. */
    private static final List<String> UNSUPPORTED = List.of(
            "rope_scaling",
            "use_sliding_window",
            "use_mrope",
            "num_experts",
            "num_local_experts",
            "n_routed_experts",
            "multi_query_attention",
            "clip_qkv");

    private final ModelFamily family;
    private final ConfigFields fields;

    private ModelConfigJson(ModelFamily family, ConfigFields fields) {
        this.family = family;
        this.fields = fields;
    }

    static ModelConfig read(String json) {
        try {
            ObjectNode root = object(JSON.readTree(json));
            ModelFamily family = FamilyDetection.of(root);
            family.addDefaults(root);
            String modelType = root.path("model_type").asText(family.spelling(""));
            return new ModelConfigJson(family, new ConfigFields(root, family.fields())).toConfig(modelType);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("model configuration is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static ObjectNode object(JsonNode root) {
        if (root instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException("model configuration is not a JSON object: " + root);
    }

    private ModelConfig toConfig(String modelType) {
        check();
        int heads = fields.integer("num_attention_heads", 0);
        int hidden = fields.integer("hidden_size", 0);
        List<Integer> eos = fields.integers("eos_token_id");
        return new ModelConfig(
                modelType,
                fields.integer("vocab_size", 0),
                hidden,
                fields.integer("intermediate_size", 0),
                fields.integer("num_hidden_layers", 0),
                heads,
                fields.integer("num_key_value_heads", heads),
                fields.integer("head_dim", hidden / Math.max(1, heads)),
                fields.real("rms_norm_eps", 1e-6),
                fields.real("rope_theta", 10_000),
                fields.flag("use_qk_norm", family == ModelFamily.SDAR),
                fields.flag("attention_bias", family == ModelFamily.DREAM),
                fields.flag("tie_word_embeddings", false),
                fields.integer("max_position_embeddings", 32_768),
                fields.integer("block_size", 4),
                fields.integer("mask_token_id", 0),
                eos,
                fields.integer("pad_token_id", eos.isEmpty() ? 0 : eos.get(0)),
                fields.real("initializer_range", 0.02));
    }

    private void check() {
        fields.requireAll(REQUIRED);
        fields.requireIntegers(INTEGERS);
        fields.requireReals(REALS);
        fields.requireFlags(FLAGS);
        fields.requireIntegerOrList("eos_token_id");
        UNSUPPORTED.forEach(fields::without);
        fields.require(
                !fields.has("sliding_window") || fields.has("use_sliding_window"),
                "sliding_window is not supported; say use_sliding_window false if it is off");
        for (Entry<String, JsonNode> setting : family.fixedSettings().properties()) {
            fields.only(setting.getKey(), setting.getValue());
        }
        fields.throwIfAny();
    }

    static String write(ModelConfig config) {
        ObjectNode root = JSON.createObjectNode();
        Renames names = config.family().fields();
        root.put("model_type", config.modelType());
        root.putArray("architectures").add(config.family().architecture());
        root.put(names.of("vocab_size"), config.vocabSize());
        root.put("vocab_size", config.vocabSize());
        root.put(names.of("hidden_size"), config.hiddenSize());
        root.put(names.of("intermediate_size"), config.intermediateSize());
        root.put(names.of("num_hidden_layers"), config.layers());
        root.put(names.of("num_attention_heads"), config.heads());
        root.put(names.of("num_key_value_heads"), config.keyValueHeads());
        root.put("head_dim", config.headDim());
        root.put(names.of("max_position_embeddings"), config.maxPositions());
        root.put("rms_norm_eps", config.normEpsilon());
        root.put("rope_theta", config.ropeTheta());
        root.put("use_qk_norm", config.queryKeyNorm());
        root.put(names.of("attention_bias"), config.attentionBias());
        root.put(names.of("tie_word_embeddings"), config.tiedEmbeddings());
        root.put(names.of("initializer_range"), config.initializerRange());
        root.put("torch_dtype", "float32");
        root.put("block_size", config.blockSize());
        root.put("mask_token_id", config.maskTokenId());
        ArrayNode eos = JSON.valueToTree(config.eosTokenIds());
        root.set("eos_token_id", eos.size() == 1 ? eos.get(0) : eos);
        root.put("pad_token_id", config.padTokenId());
        root.setAll(config.family().fixedSettings());
        return root.toPrettyString() + "\n";
    }
}
