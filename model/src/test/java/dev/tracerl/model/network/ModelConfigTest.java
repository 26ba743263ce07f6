package dev.tracerl.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ModelConfigTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void sdarIsRead() {
        assertThat(Models.goldenConfig("sdar"))
                .isEqualTo(new ModelConfig(
                        "sdar",
                        23,
                        32,
                        48,
                        2,
                        4,
                        2,
                        16,
                        1e-6,
                        1e6,
                        true,
                        false,
                        false,
                        128,
                        4,
                        22,
                        List.of(0),
                        0,
                        0.02));
    }

    @Test
    void dreamIsReadWithItsBiases() {
        assertThat(Models.goldenConfig("dream"))
                .isEqualTo(new ModelConfig(
                        "Dream",
                        23,
                        32,
                        48,
                        2,
                        4,
                        2,
                        8,
                        1e-6,
                        1e6,
                        false,
                        true,
                        false,
                        128,
                        4,
                        22,
                        List.of(0),
                        0,
                        0.02));
    }

    @Test
    void lladaIsReadByItsOwnNames() {
        assertThat(Models.goldenConfig("llada"))
                .isEqualTo(new ModelConfig(
                        "llada",
                        24,
                        32,
                        48,
                        2,
                        4,
                        4,
                        8,
                        1e-5,
                        5e5,
                        false,
                        false,
                        false,
                        128,
                        4,
                        22,
                        List.of(0),
                        0,
                        0.02));
    }

    @Test
    void theFamilySaysHowTokensSeeEachOtherAndHowScoresAreRead() {
        assertThat(Models.goldenConfig("sdar").attention()).isEqualTo(Attention.BLOCK);
        assertThat(Models.goldenConfig("sdar").shiftedLogits()).isFalse();
        assertThat(Models.goldenConfig("llada").attention()).isEqualTo(Attention.FULL);
        assertThat(Models.goldenConfig("llada").shiftedLogits()).isFalse();
        assertThat(Models.goldenConfig("dream").attention()).isEqualTo(Attention.FULL);
        assertThat(Models.goldenConfig("dream").shiftedLogits()).isTrue();
    }

    static Stream<ModelConfig> all() {
        return Stream.concat(
                Models.shapes(), Stream.of("llada", "mmada", "Dream").map(Models::family));
    }

    @ParameterizedTest
    @MethodSource("all")
    void jsonIsReadBackAsAnEqualConfiguration(ModelConfig config) {
        assertThat(ModelConfig.fromJson(config.toJson())).isEqualTo(config);
    }

    @Test
    void severalTokensMayEndAResponse() {
        // When
        ModelConfig config = edited("sdar", "{\"eos_token_id\": [5, 0], \"initializer_range\": 0.1}");

        // Then
        assertThat(config.eosTokenId()).isEqualTo(5);
        assertThat(config.stopTokenIds()).containsExactlyInAnyOrder(0, 5);
        assertThat(config.padTokenId()).isZero();
        assertThat(config.initializerRange()).isEqualTo(0.1);
        assertThat(ModelConfig.fromJson(config.toJson())).isEqualTo(config);
    }

    @Test
    void aConfigurationThatNamesNoFamilyIsOneOfSdarAndTheClassAloneIsEnough() {
        assertThat(edited("sdar", "{\"model_type\": null, \"architectures\": null}"))
                .isEqualTo(Models.goldenConfig());
        assertThat(edited("llada", "{\"model_type\": null}")).isEqualTo(Models.goldenConfig("llada"));
        assertThat(edited("dream", "{\"model_type\": \"dream\", \"architectures\": null}"))
                .isEqualTo(Models.goldenConfig("dream"));
    }

    @Test
    void fieldsThatLladaLeavesOutHaveTheMeaningOfItsCode() {
        // When
        ModelConfig config = edited("llada", """
                {"n_kv_heads": null, "mlp_hidden_size": null, "embedding_size": null, "rms_norm_eps": null,
                 "max_sequence_length": null, "rope_theta": null}""");

        // Then
        assertThat(config.keyValueHeads()).isEqualTo(4);
        assertThat(config.intermediateSize()).isEqualTo(128);
        assertThat(config.vocabSize()).isEqualTo(23);
        assertThat(config.normEpsilon()).isEqualTo(1e-5);
        assertThat(config.maxPositions()).isEqualTo(1024);
        assertThat(config.ropeTheta()).isEqualTo(10_000);
    }

    @Test
    void everythingMissingIsListedByTheFamilysNames() {
        assertThatThrownBy(() -> ModelConfig.fromJson("{\"hidden_size\": 8}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("model configuration: missing num_attention_heads, eos_token_id, vocab_size,"
                        + " intermediate_size, num_hidden_layers, mask_token_id");
        assertThatThrownBy(() -> ModelConfig.fromJson("{\"model_type\": \"llada\", \"d_model\": 8}"))
                .hasMessage("model configuration: missing n_heads, eos_token_id, embedding_size, mlp_hidden_size,"
                        + " n_layers, mask_token_id");
    }

    @Test
    void everythingWrongIsListed() {
        assertThatThrownBy(() -> new ModelConfig(
                        "llama", 23, 24, 40, 2, 4, 3, 7, 1e-6, 0, true, false, false, 64, 0, 23, List.of(), 1, 0.02))
                .hasMessage(
                        "model configuration: model_type must be one of sdar, llada, mmada, Dream, got llama;"
                                + " block_size must be positive, got 0; head_dim must be even, got 7;"
                                + " num_attention_heads 4 is not a multiple of num_key_value_heads 3;"
                                + " mask_token_id must be in 0..22 (vocab_size), got 23;"
                                + " eos_token_id must name at least one token; rope_theta must be positive and finite, got 0.0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sdar  | {"model_type": "llama"}            | model_type llama is unknown; known are sdar, llada, mmada, Dream
            sdar  | {"architectures": ["LlamaForX"]}   | architecture LlamaForX is unknown; known are those of model types
            sdar  | {"model_type": "Dream"}            | model_type Dream contradicts architecture SDARForCausalLM
            sdar  | {"model_type": "sdar_moe"}         | mixtures of experts (sdar_moe SDARForCausalLM) are not supported
            sdar  | {"num_experts": 128}               | num_experts 128 is not supported
            sdar  | {"hidden_act": "gelu"}             | hidden_act "gelu" is not supported, only "silu"
            sdar  | {"hidden_size": "32"}              | hidden_size must be a whole number, got "32"
            sdar  | {"rope_theta": "1e6"}              | rope_theta must be a number, got "1e6"
            sdar  | {"attention_bias": 1}              | attention_bias must be true or false, got 1
            sdar  | {"eos_token_id": [0, "x"]}         | eos_token_id must be a whole number or a list of them, got [0,"x"]
            sdar  | {"rope_scaling": {"type": "yarn"}} | rope_scaling {"type":"yarn"} is not supported
            sdar  | {"eos_token_id": 22}               | eos_token_id and mask_token_id are both 22
            dream | {"use_sliding_window": true}       | use_sliding_window true is not supported
            dream | {"sliding_window": 4096}           | sliding_window is not supported; say use_sliding_window false
            dream | {"use_mrope": true}                | use_mrope true is not supported
            dream | {"num_attention_heads": 6}         | num_attention_heads 6 times head_dim 5 must be hidden_size 32
            llada | {"scale_logits": true}             | scale_logits true is not supported, only false
            llada | {"input_emb_norm": true}           | input_emb_norm true is not supported, only false
            llada | {"include_bias": true}             | include_bias true is not supported, only false
            llada | {"attention_layer_norm": true}     | attention_layer_norm true is not supported, only false
            llada | {"layer_norm_type": "default"}     | layer_norm_type "default" is not supported, only "rms"
            llada | {"alibi": true}                    | alibi true is not supported, only false
            llada | {"rope": false}                    | rope false is not supported, only true
            llada | {"block_group_size": 2}            | block_group_size 2 is not supported, only 1
            llada | {"vocab_size": 25}                 | vocab_size 25 is above embedding_size 24
            llada | {"n_kv_heads": 3}                  | n_heads 4 is not a multiple of n_kv_heads 3
            llada | {"mask_token_id": 24}              | mask_token_id must be in 0..23 (embedding_size), got 24
            """)
    void whatCannotBeComputedIsRefusedByName(String family, String changes, String message) {
        assertThatThrownBy(() -> edited(family, changes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("model configuration: ")
                .hasMessageContaining(message);
    }

    @Test
    void featuresThatAreSwitchedOffAreNoReasonToRefuse() {
        assertThat(edited("dream", """
                {"use_sliding_window": false, "sliding_window": 131072, "use_mrope": false, "rope_scaling": null,
                 "num_experts": 0}""")).isEqualTo(Models.goldenConfig("dream"));
    }

    @Test
    void textThatIsNotAJsonObjectIsRefused() {
        assertThatThrownBy(() -> ModelConfig.fromJson("{"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("model configuration is not JSON");
        assertThatThrownBy(() -> ModelConfig.fromJson("[1]"))
                .hasMessage("model configuration is not a JSON object: [1]");
    }

    private static ModelConfig edited(String family, String changes) {
        try {
            JsonNode root = Models.json("/golden/models/" + family + "-toy/config.json");
            ((ObjectNode) root).setAll((ObjectNode) JSON.readTree(changes));
            return ModelConfig.fromJson(root.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
