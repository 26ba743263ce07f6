package dev.tracerl.verifiers.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswersTest {

    @Test
    void theLastFencedBlockIsTheCode() {
        assertThat(Answers.code("a\n```python\nx = 1\n```\nb\n```\ny = 2\n```\nc")
                        .strip())
                .isEqualTo("y = 2");
    }

    @Test
    void blockThatIsNotClosedReachesToTheEnd() {
        assertThat(Answers.code("a\n```py\nx = 1\n").strip()).isEqualTo("x = 1");
    }

    @Test
    void textWithoutAFenceIsTheCode() {
        assertThat(Answers.code("x = '`'\n")).isEqualTo("x = '`'\n");
    }

    @Test
    void fenceWithinALineIsNone() {
        assertThat(Answers.code("s = '''```'''\n")).isEqualTo("s = '''```'''\n");
    }
}
