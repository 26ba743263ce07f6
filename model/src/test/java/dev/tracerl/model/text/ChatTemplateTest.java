package dev.tracerl.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.model.network.ModelFamily;
import java.util.List;
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

    @Test
    void aConversationIsItsTurnsAndTheAssistantsHeader() {
        // Given
        List<ChatTemplate.Turn> turns = List.of(
                new ChatTemplate.Turn("system", "Be brief."),
                new ChatTemplate.Turn("user", "Why?"),
                new ChatTemplate.Turn("assistant", "Because."));

        // When
        String prompt = ChatTemplate.byName("dream").render(turns);

        // Then
        assertThat(prompt).isEqualTo("""
                <|im_start|>system
                Be brief.<|im_end|>
                <|im_start|>user
                Why?<|im_end|>
                <|im_start|>assistant
                Because.<|im_end|>
                <|im_start|>assistant
                """);
    }

    @Test
    void plainHasNoPlaceForAConversation() {
        // Given
        List<ChatTemplate.Turn> system = List.of(new ChatTemplate.Turn("system", "Be brief."));

        // When / Then
        assertThatThrownBy(() -> ChatTemplate.byName("plain").render(system))
                .hasMessage("chat template plain has a place for one turn of the user only");
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
