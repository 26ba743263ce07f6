package dev.tracerl.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ModelConfigTest {

    @Test
    void publishedConfigurationIsRead() {
        assertThat(Models.goldenConfig())
                .isEqualTo(new ModelConfig(
                        "sdar", 23, 32, 48, 2, 4, 2, 16, 1e-6, 1e6, true, false, false, 128, 4, 22, 0, 0));
    }

    @Test
    void jsonIsReadBackAsAnEqualConfiguration() {
        ModelConfig config = Models.config(false, true, true);
        assertThat(ModelConfig.fromJson(config.toJson())).isEqualTo(config);
    }

    @Test
    void everythingMissingIsListed() {
        assertThatThrownBy(() -> ModelConfig.fromJson("{\"hidden_size\": 8}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("model configuration: missing num_attention_heads, eos_token_id, vocab_size,"
                        + " intermediate_size, num_hidden_layers, mask_token_id");
    }

    @Test
    void everythingWrongIsListed() {
        assertThatThrownBy(() -> new ModelConfig(
                        "llama", 23, 24, 40, 2, 4, 3, 7, 1e-6, 1e4, true, false, false, 64, 0, 23, 0, 1))
                .hasMessage(
                        "model configuration: model_type must be sdar, got llama; block_size must be positive, got 0;"
                                + " head_dim must be even, got 7;"
                                + " num_attention_heads 4 is not a multiple of num_key_value_heads 3;"
                                + " mask_token_id must be in 0..22 (vocab_size), got 23");
    }

    @Test
    void textThatIsNotJsonIsRefused() {
        assertThatThrownBy(() -> ModelConfig.fromJson("{"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("model configuration is not JSON");
    }
}
