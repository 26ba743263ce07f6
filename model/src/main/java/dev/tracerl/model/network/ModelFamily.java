package dev.tracerl.model.network;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Kinds of diffusion language models that one program computes; a family is what its checkpoints call things and how
 * its scores are to be read.
 */
public enum ModelFamily {
    /** SDAR and TraDo: like Qwen3, with block attention. */
    SDAR(List.of("sdar"), "SDARForCausalLM", Attention.BLOCK, false),
    /** LLaDA, and the text side of MMaDA: like Llama, with names of its own and full attention. */
    LLADA(List.of("llada", "mmada"), "LLaDAModelLM", Attention.FULL, false),
    /** Dream and DiffuCoder: like Qwen2, with full attention and the scores one row late. */
    DREAM(List.of("Dream"), "DreamModel", Attention.FULL, true);

    private static final ObjectNode LIKE_QWEN =
            new ObjectMapper().createObjectNode().put("hidden_act", "silu");

    private final List<String> modelTypes;
    private final String architecture;
    private final Attention attention;
    private final boolean shiftedLogits;

    ModelFamily(List<String> modelTypes, String architecture, Attention attention, boolean shiftedLogits) {
        this.modelTypes = modelTypes;
        this.architecture = architecture;
        this.attention = attention;
        this.shiftedLogits = shiftedLogits;
    }

    /** The family of a {@code model_type}, in any case. */
    static Optional<ModelFamily> ofModelType(String modelType) {
        return Arrays.stream(values())
                .filter(family -> family.modelTypes.stream().anyMatch(modelType::equalsIgnoreCase))
                .findFirst();
    }

    /** The family of the class that a configuration names, such as {@code SDARForCausalLM}. */
    static Optional<ModelFamily> ofArchitecture(String architecture) {
        String name = architecture.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(family ->
                        family.modelTypes.stream().anyMatch(type -> name.startsWith(type.toLowerCase(Locale.ROOT))))
                .findFirst();
    }

    /** All that are known, for messages. */
    static String knownModelTypes() {
        return Arrays.stream(values())
                .flatMap(family -> family.modelTypes.stream())
                .collect(Collectors.joining(", "));
    }

    /** The {@code model_type} as the family's checkpoints spell it; the family's first for another. */
    String spelling(String modelType) {
        return modelTypes.stream()
                .filter(modelType::equalsIgnoreCase)
                .findFirst()
                .orElse(modelTypes.get(0));
    }

    /** Name of the class that computes the family in Python. */
    String architecture() {
        return architecture;
    }

    /** Which tokens a token sees. */
    public Attention attention() {
        return attention;
    }

    /** Whether the scores of position {@code i} are at row {@code i - 1}. */
    public boolean shiftedLogits() {
        return shiftedLogits;
    }

    /** Name of the chat template that the family's instruction-tuned checkpoints expect. */
    public String chatTemplate() {
        return this == SDAR ? "chatml" : name().toLowerCase(Locale.ROOT);
    }

    /** Names of the fields of {@code config.json}. */
    Renames fields() {
        return this == LLADA ? LladaConfig.FIELDS : Renames.NONE;
    }

    /** Names of tensors, without {@code .weight}; those of a layer without the layer. */
    Renames tensors() {
        return this == LLADA ? LladaConfig.TENSORS : Renames.NONE;
    }

    /** Fields of {@code config.json} that may have one value only; absent, they are taken to have it. */
    ObjectNode fixedSettings() {
        return this == LLADA ? LladaConfig.FIXED : LIKE_QWEN;
    }

    /** Adds what absent fields of a {@code config.json} mean, where that differs between families. */
    void addDefaults(ObjectNode root) {
        if (this == LLADA) {
            LladaConfig.addDefaults(root);
        }
    }
}
