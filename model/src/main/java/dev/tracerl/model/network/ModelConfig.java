package dev.tracerl.model.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Shape and special tokens of a block-attention transformer of the Qwen3 kind (SDAR, TraDo): RMS norms, rotary
 * positions, grouped-query attention, SwiGLU. Component for component what the {@code config.json} of a checkpoint says.
 *
 * @param modelType the family, {@code sdar}
 * @param keyValueHeads attention heads of keys and values; divides {@code heads}
 * @param headDim features of a head, even; independent of {@code hiddenSize / heads}
 * @param queryKeyNorm whether queries and keys are normalized by head before the rotation
 * @param attentionBias whether the query, key and value projections have a bias
 * @param tiedEmbeddings whether the head is the token embedding
 * @param maxPositions positions the rotary table is made for
 * @param blockSize tokens of a block
 * @param maskTokenId the token of a position that is still noise; never drawn
 */
public record ModelConfig(
        String modelType,
        int vocabSize,
        int hiddenSize,
        int intermediateSize,
        int layers,
        int heads,
        int keyValueHeads,
        int headDim,
        double normEpsilon,
        double ropeTheta,
        boolean queryKeyNorm,
        boolean attentionBias,
        boolean tiedEmbeddings,
        int maxPositions,
        int blockSize,
        int maskTokenId,
        int eosTokenId,
        int padTokenId) {

    /** Checks that the parts fit together; the message lists everything that does not. */
    public ModelConfig {
        List<String> problems = new ArrayList<>();
        require(problems, modelType.equals("sdar"), "model_type must be sdar, got " + modelType);
        positive(problems, "vocab_size", vocabSize);
        positive(problems, "hidden_size", hiddenSize);
        positive(problems, "intermediate_size", intermediateSize);
        positive(problems, "num_hidden_layers", layers);
        positive(problems, "num_attention_heads", heads);
        positive(problems, "num_key_value_heads", keyValueHeads);
        positive(problems, "head_dim", headDim);
        positive(problems, "max_position_embeddings", maxPositions);
        positive(problems, "block_size", blockSize);
        require(problems, headDim % 2 == 0, "head_dim must be even, got " + headDim);
        require(
                problems,
                keyValueHeads < 1 || heads % keyValueHeads == 0,
                "num_attention_heads " + heads + " is not a multiple of num_key_value_heads " + keyValueHeads);
        token(problems, "mask_token_id", maskTokenId, vocabSize);
        token(problems, "eos_token_id", eosTokenId, vocabSize);
        token(problems, "pad_token_id", padTokenId, vocabSize);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("model configuration: " + String.join("; ", problems));
        }
    }

    /** Reads a {@code config.json} in the layout of Hugging Face. */
    public static ModelConfig fromJson(String json) {
        return ModelConfigJson.read(json);
    }

    /** Writes a {@code config.json} that {@link #fromJson} reads back as an equal configuration. */
    public String toJson() {
        return ModelConfigJson.write(this);
    }

    /** Features of all query heads together. */
    public int queryWidth() {
        return heads * headDim;
    }

    /** Features of all key heads together, and of all value heads. */
    public int keyValueWidth() {
        return keyValueHeads * headDim;
    }

    private static void token(List<String> problems, String name, int id, int vocabSize) {
        require(
                problems,
                id >= 0 && id < vocabSize,
                name + " must be in 0.." + (vocabSize - 1) + " (vocab_size), got " + id);
    }

    private static void positive(List<String> problems, String name, int value) {
        require(problems, value > 0, name + " must be positive, got " + value);
    }

    private static void require(List<String> problems, boolean condition, String problem) {
        if (!condition) {
            problems.add(problem);
        }
    }
}
