package dev.tracerl.model.network;

import static dev.tracerl.model.network.ParameterSpec.matrix;
import static dev.tracerl.model.network.ParameterSpec.vector;

import java.util.ArrayList;
import java.util.List;

/** Which parameters a configuration has, in the order in which the program expects its groups. */
final class ParameterLayout {
    private ParameterLayout() {}

    static List<ParameterGroup> of(ModelConfig config) {
        List<ParameterGroup> groups = new ArrayList<>();
        groups.add(ParameterGroup.of(matrix("model.embed_tokens.weight", config.vocabSize(), config.hiddenSize())));
        for (int layer = 0; layer < config.layers(); layer++) {
            addLayer(groups, config, "model.layers." + layer + ".");
        }
        groups.add(ParameterGroup.of(vector("model.norm.weight", config.hiddenSize())));
        if (!config.tiedEmbeddings()) {
            groups.add(ParameterGroup.of(matrix("lm_head.weight", config.vocabSize(), config.hiddenSize())));
        }
        return List.copyOf(groups);
    }

    private static void addLayer(List<ParameterGroup> groups, ModelConfig config, String layer) {
        int hidden = config.hiddenSize();
        groups.add(ParameterGroup.of(vector(layer + "input_layernorm.weight", hidden)));
        addProjections(groups, config, layer + "self_attn.");
        groups.add(ParameterGroup.of(matrix(layer + "self_attn.o_proj.weight", hidden, config.queryWidth())));
        groups.add(ParameterGroup.of(vector(layer + "post_attention_layernorm.weight", hidden)));
        groups.add(ParameterGroup.of(
                matrix(layer + "mlp.gate_proj.weight", config.intermediateSize(), hidden),
                matrix(layer + "mlp.up_proj.weight", config.intermediateSize(), hidden)));
        groups.add(ParameterGroup.of(matrix(layer + "mlp.down_proj.weight", hidden, config.intermediateSize())));
    }

    private static void addProjections(List<ParameterGroup> groups, ModelConfig config, String attention) {
        groups.add(ParameterGroup.of(
                matrix(attention + "q_proj.weight", config.queryWidth(), config.hiddenSize()),
                matrix(attention + "k_proj.weight", config.keyValueWidth(), config.hiddenSize()),
                matrix(attention + "v_proj.weight", config.keyValueWidth(), config.hiddenSize())));
        if (config.attentionBias()) {
            groups.add(ParameterGroup.of(
                    vector(attention + "q_proj.bias", config.queryWidth()),
                    vector(attention + "k_proj.bias", config.keyValueWidth()),
                    vector(attention + "v_proj.bias", config.keyValueWidth())));
        }
        if (config.queryKeyNorm()) {
            groups.add(ParameterGroup.of(
                    vector(attention + "q_norm.weight", config.headDim()),
                    vector(attention + "k_norm.weight", config.headDim())));
        }
    }
}
