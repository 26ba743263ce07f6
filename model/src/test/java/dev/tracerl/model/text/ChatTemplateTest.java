package dev.tracerl.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.model.network.ModelFamily;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChatTemplateTest {

    @Test
    void plainIsTheTextItself() {
        assertThat(ChatTemplate.byName("plain").render("0102")).isEqualTo("0102");
    }

    @Test
    void chatmlIsOneUserTurnAndTheAssistantsHeader() {
        assertThat(ChatTemplate.byName("chatml").render("Why?"))
                .isEqualTo("<|im_start|>user\nWhy?<|im_end|>\n<|im_start|>assistant\n");
    }

    @Test
    void thinkingBeginsTheAssistantsThoughts() {
        assertThat(ChatTemplate.byName("chatml-thinking").render("Why?"))
                .isEqualTo("<|im_start|>user\nWhy?<|im_end|>\n<|im_start|>assistant<think>\n");
    }

    @Test
    void dreamHasASystemTurn() {
        assertThat(ChatTemplate.byName("dream").render("Why?")).isEqualTo("""
                <|im_start|>system
                You are a helpful assistant.<|im_end|>
                <|im_start|>user
                Why?<|im_end|>
                <|im_start|>assistant
                """);
    }

    @Test
    void lladaHasHeaders() {
        assertThat(ChatTemplate.byName("llada").render("Why?"))
                .isEqualTo("<|startoftext|><|start_header_id|>user<|end_header_id|>\n\nWhy?<|eot_id|>"
                        + "<|start_header_id|>assistant<|end_header_id|>\n\n");
    }

    @ParameterizedTest
    @EnumSource(ModelFamily.class)
    void everyFamilyHasATemplate(ModelFamily family) {
        assertThat(ChatTemplate.byName(family.chatTemplate()).render("Why?")).contains("assistant");
    }

    @Test
    void aTokenizerWithoutTheSpecialTokensIsRefused() {
        // Given
        TextCodec bytes = TextCodec.fromJson(ByteLevel.tokenizer());

        // When / Then
        assertThatCode(() -> ChatTemplate.PLAIN.check(bytes)).doesNotThrowAnyException();
        assertThatThrownBy(() -> ChatTemplate.CHATML.check(bytes))
                .hasMessage("chat template chatml needs the token <|im_start|>, which the tokenizer splits into 12");
    }

    @Test
    void unknownNamesAreRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> ChatTemplate.byName("alpaca"))
                .hasMessage("no chat template alpaca; known: [plain, chatml, chatml-thinking, dream, llada]");
    }
}
