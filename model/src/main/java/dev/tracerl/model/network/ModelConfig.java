package dev.tracerl.model.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Shape and special tokens of a transformer with RMS norms, rotary positions, grouped-query attention and SwiGLU, of any
 * {@link ModelFamily}. Component for component what the {@code config.json} of a checkpoint says.
 *
 * @param modelType names the family as checkpoints do: {@code sdar}, {@code llada}, {@code mmada} or {@code Dream}
 * @param vocabSize rows of the token embedding and scores of a position, rows that no token uses included
 * @param keyValueHeads attention heads of keys and values; divides {@code heads}
 * @param headDim features of a head, even; with block attention independent of {@code hiddenSize / heads}
 * @param queryKeyNorm whether queries and keys are normalized by head before the rotation
 * @param attentionBias whether the query, key and value projections have a bias
 * @param tiedEmbeddings whether the head is the token embedding
 * @param maxPositions positions the rotary table is made for
 * @param blockSize tokens of a block of block attention; not used by other families
 * @param maskTokenId the token of a position that is still noise; never drawn
 * @param eosTokenIds tokens that end a response, at least one; the first is the one that demonstrations end with
 * @param padTokenId fills what is left of a sequence; may be one of {@code eosTokenIds}
 * @param initializerRange standard deviation of random weights
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
        List<Integer> eosTokenIds,
        int padTokenId,
        double initializerRange) {

    /** Checks that the parts fit together; the message lists everything that does not. */
    public ModelConfig {
        ModelFamily family = ModelFamily.ofModelType(modelType).orElse(null);
        Checks checks = new Checks(family == null ? Renames.NONE : family.fields(), new ArrayList<>());
        checks.require(
                family != null, "model_type must be one of " + ModelFamily.knownModelTypes() + ", got " + modelType);
        modelType = family == null ? modelType : family.spelling(modelType);
        eosTokenIds = List.copyOf(eosTokenIds);
        checks.positive("vocab_size", vocabSize);
        checks.positive("hidden_size", hiddenSize);
        checks.positive("intermediate_size", intermediateSize);
        checks.positive("num_hidden_layers", layers);
        checks.positive("num_attention_heads", heads);
        checks.positive("num_key_value_heads", keyValueHeads);
        checks.positive("head_dim", headDim);
        checks.positive("max_position_embeddings", maxPositions);
        checks.positive("block_size", blockSize);
        checks.require(headDim % 2 == 0, "head_dim must be even, got " + headDim);
        checks.multiple("num_attention_heads", heads, "num_key_value_heads", keyValueHeads);
        checks.require(
                family == null || family == ModelFamily.SDAR || heads * headDim == hiddenSize,
                checks.name("num_attention_heads") + " " + heads + " times head_dim " + headDim + " must be "
                        + checks.name("hidden_size") + " " + hiddenSize);
        checks.token("mask_token_id", maskTokenId, vocabSize);
        checks.require(!eosTokenIds.isEmpty(), "eos_token_id must name at least one token");
        for (int eosTokenId : eosTokenIds) {
            checks.token("eos_token_id", eosTokenId, vocabSize);
            checks.require(eosTokenId != maskTokenId, "eos_token_id and mask_token_id are both " + maskTokenId);
        }
        checks.token("pad_token_id", padTokenId, vocabSize);
        checks.real("rms_norm_eps", normEpsilon);
        checks.real("rope_theta", ropeTheta);
        checks.real("initializer_range", initializerRange);
        checks.throwIfAny();
    }

    /**
     * Reads a {@code config.json} in the layout of Hugging Face.
     *
     * @throws IllegalArgumentException listing what is missing, wrong, contradictory or not supported
     */
    public static ModelConfig fromJson(String json) {
        return ModelConfigJson.read(json);
    }

    /** Writes a {@code config.json} that {@link #fromJson} reads back as an equal configuration. */
    public String toJson() {
        return ModelConfigJson.write(this);
    }

    /** The family: names of tensors and fields, attention, how scores are read. */
    public ModelFamily family() {
        return ModelFamily.ofModelType(modelType).orElseThrow();
    }

    /** Which tokens a token sees. */
    public Attention attention() {
        return family().attention();
    }

    /** Whether the scores of position {@code i} are at row {@code i - 1}. */
    public boolean shiftedLogits() {
        return family().shiftedLogits();
    }

    /** The token that demonstrations end with. */
    public int eosTokenId() {
        return eosTokenIds.get(0);
    }

    /** The tokens that end a response. */
    public Set<Integer> stopTokenIds() {
        return Set.copyOf(eosTokenIds);
    }

    /** Features of all query heads together. */
    public int queryWidth() {
        return heads * headDim;
    }

    /** Features of all key heads together, and of all value heads. */
    public int keyValueWidth() {
        return keyValueHeads * headDim;
    }

    /** Collects problems, which name fields as the family does. */
    private record Checks(Renames fields, List<String> problems) {

        String name(String field) {
            return fields.of(field);
        }

        void require(boolean condition, String problem) {
            if (!condition) {
                problems.add(problem);
            }
        }

        void positive(String field, int value) {
            require(value > 0, name(field) + " must be positive, got " + value);
        }

        void real(String field, double value) {
            require(
                    value > 0 && value < Double.POSITIVE_INFINITY,
                    name(field) + " must be positive and finite, got " + value);
        }

        void multiple(String field, int value, String divisor, int by) {
            require(
                    by < 1 || value % by == 0,
                    name(field) + " " + value + " is not a multiple of " + name(divisor) + " " + by);
        }

        void token(String field, int id, int vocabSize) {
            require(
                    id >= 0 && id < vocabSize,
                    field + " must be in 0.." + (vocabSize - 1) + " (" + name("vocab_size") + "), got " + id);
        }

        void throwIfAny() {
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException("model configuration: " + String.join("; ", problems));
            }
        }
    }
}
