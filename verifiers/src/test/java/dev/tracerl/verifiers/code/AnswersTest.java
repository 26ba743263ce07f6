package dev.tracerl.verifiers.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
    void blockThatDefinesTheEntryPointAgainKeepsWhatStandsAboveIt() {
        // Given
        String prefix =
                "from typing import List\n\ndef helper():\n    return 1\n\ndef f(xs: List[int]):\n    \"\"\"Doc.\"\"\"\n";
        String answer = "Here:\n```python\ndef f(xs: List[int]):\n    return helper()\n```\nDone.";

        // When
        String code = Answers.code(prefix, List.of("f"), answer);

        // Then
        assertThat(code).isEqualTo("""
            from typing import List

            def helper():
                return 1


            def f(xs: List[int]):
                return helper()
            """);
        assertThat(Answers.code(prefix, List.of(), answer)).isEqualTo(code);
    }

    @Test
    void blockWithoutTheEntryPointGoesOnWhereThePrefixEnds() {
        assertThat(Answers.code("def f():\n", List.of("f"), "```\n    return 1\n```"))
                .isEqualTo("def f():\n\n    return 1\n");
    }

    @Test
    void fenceThatThePrefixOpensIsClosedByTheAnswer() {
        assertThat(Answers.code("Code:\n```\ndef f():\n", List.of("f"), "    return 1\n```\nDone."))
                .isEqualTo("\ndef f():\n    return 1\n");
    }

    @Test
    void fenceWithinALineIsNone() {
        assertThat(Answers.code("s = '''```'''\n")).isEqualTo("s = '''```'''\n");
    }
}
