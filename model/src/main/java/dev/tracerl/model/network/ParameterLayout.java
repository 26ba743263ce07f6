package dev.tracerl.model.network;

import static dev.tracerl.model.network.ParameterSpec.bias;
import static dev.tracerl.model.network.ParameterSpec.matrix;
import static dev.tracerl.model.network.ParameterSpec.norm;
import static dev.tracerl.model.network.ParameterSpec.residual;

import java.util.ArrayList;
import java.util.List;

/** Which parameters a configuration has, in the order in which the program expects its groups, by the family's names. */
final class ParameterLayout {
    private final ModelConfig config;
    private final Renames names;
    private final List<ParameterGroup> groups = new ArrayList<>();

    private ParameterLayout(ModelConfig config) {
        this.config = config;
        this.names = config.family().tensors();
    }

    static List<ParameterGroup> of(ModelConfig config) {
        return new ParameterLayout(config).build();
    }

    /** Name of the head, which a configuration with tied embeddings does not have. */
    static String head(ModelConfig config) {
        return config.family().tensors().of("lm_head") + ".weight";
    }

    private List<ParameterGroup> build() {
        int hidden = config.hiddenSize();
        add(matrix(names.of("model.embed_tokens") + ".weight", config.vocabSize(), hidden));
        for (int layer = 0; layer < config.layers(); layer++) {
            addLayer(names.of("model.layers.") + layer + ".");
        }
        add(norm(names.of("model.norm") + ".weight", hidden));
        if (!config.tiedEmbeddings()) {
            add(matrix(head(config), config.vocabSize(), hidden));
        }
        return List.copyOf(groups);
    }

    private void addLayer(String layer) {
        int hidden = config.hiddenSize();
        int inner = config.intermediateSize();
        add(norm(weight(layer, "input_layernorm"), hidden));
        addProjections(layer);
        add(residual(weight(layer, "self_attn.o_proj"), hidden, config.queryWidth()));
        add(norm(weight(layer, "post_attention_layernorm"), hidden));
        add(matrix(weight(layer, "mlp.gate_proj"), inner, hidden), matrix(weight(layer, "mlp.up_proj"), inner, hidden));
        add(residual(weight(layer, "mlp.down_proj"), hidden, inner));
    }

    private void addProjections(String layer) {
        int hidden = config.hiddenSize();
        add(
                matrix(weight(layer, "self_attn.q_proj"), config.queryWidth(), hidden),
                matrix(weight(layer, "self_attn.k_proj"), config.keyValueWidth(), hidden),
                matrix(weight(layer, "self_attn.v_proj"), config.keyValueWidth(), hidden));
        if (config.attentionBias()) {
            add(
                    bias(layer + names.of("self_attn.q_proj") + ".bias", config.queryWidth()),
                    bias(layer + names.of("self_attn.k_proj") + ".bias", config.keyValueWidth()),
                    bias(layer + names.of("self_attn.v_proj") + ".bias", config.keyValueWidth()));
        }
        if (config.queryKeyNorm()) {
            add(
                    norm(weight(layer, "self_attn.q_norm"), config.headDim()),
                    norm(weight(layer, "self_attn.k_norm"), config.headDim()));
        }
    }

    private String weight(String layer, String name) {
        return layer + names.of(name) + ".weight";
    }

    private void add(ParameterSpec... parts) {
        groups.add(ParameterGroup.of(parts));
    }
}
