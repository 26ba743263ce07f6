package dev.tracerl.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

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
    void unknownNamesAreRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> ChatTemplate.byName("alpaca"))
                .hasMessage("no chat template alpaca; known: [plain, chatml]");
    }
}
