package dev.tracerl.model.network;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** How LLaDA and MMaDA call fields and tensors, and what their fields mean when they are absent. */
final class LladaConfig {
    static final Renames FIELDS = new Renames(Map.ofEntries(
            entry("vocab_size", "embedding_size"),
            entry("hidden_size", "d_model"),
            entry("intermediate_size", "mlp_hidden_size"),
            entry("num_hidden_layers", "n_layers"),
            entry("num_attention_heads", "n_heads"),
            entry("num_key_value_heads", "n_kv_heads"),
            entry("max_position_embeddings", "max_sequence_length"),
            entry("attention_bias", "include_qkv_bias"),
            entry("tie_word_embeddings", "weight_tying"),
            entry("initializer_range", "init_std")));

    static final Renames TENSORS = new Renames(Map.ofEntries(
            entry("model.embed_tokens", "model.transformer.wte"),
            entry("model.layers.", "model.transformer.blocks."),
            entry("input_layernorm", "attn_norm"),
            entry("self_attn.q_proj", "q_proj"),
            entry("self_attn.k_proj", "k_proj"),
            entry("self_attn.v_proj", "v_proj"),
            entry("self_attn.q_norm", "q_norm"),
            entry("self_attn.k_norm", "k_norm"),
            entry("self_attn.o_proj", "attn_out"),
            entry("post_attention_layernorm", "ff_norm"),
            entry("mlp.gate_proj", "ff_proj"),
            entry("mlp.up_proj", "up_proj"),
            entry("mlp.down_proj", "ff_out"),
            entry("model.norm", "model.transformer.ln_f"),
            entry("lm_head", "model.transformer.ff_out")));

    /** What the network is whatever its size; the family's code has other choices, and partly other defaults. */
    static final ObjectNode FIXED = new ObjectMapper()
            .createObjectNode()
            .put("activation_type", "silu")
            .put("block_type", "llama")
            .put("block_group_size", 1)
            .put("layer_norm_type", "rms")
            .put("layer_norm_with_affine", true)
            .put("bias_for_layer_norm", false)
            .put("attention_layer_norm", false)
            .put("include_bias", false)
            .put("input_emb_norm", false)
            .put("scale_logits", false)
            .put("alibi", false)
            .put("rope", true)
            .put("rope_full_precision", true);

    private LladaConfig() {}

    /** Adds what absent fields mean. */
    static void addDefaults(ObjectNode root) {
        addDefault(root, "embedding_size", root.path("vocab_size").asInt());
        addDefault(
                root,
                "mlp_hidden_size",
                root.path("mlp_ratio").asInt() * root.path("d_model").asInt());
        addDefault(root, "max_sequence_length", 1024);
        if (!root.hasNonNull("rms_norm_eps")) {
            root.put("rms_norm_eps", 1e-5);
        }
        if (root.path("vocab_size").asInt() > root.path("embedding_size").asInt()) {
            throw new IllegalArgumentException("model configuration: vocab_size " + root.get("vocab_size")
                    + " is above embedding_size " + root.get("embedding_size"));
        }
    }

    private static void addDefault(ObjectNode root, String field, int value) {
        if (!root.hasNonNull(field) && value > 0) {
            root.put(field, value);
        }
    }
}
