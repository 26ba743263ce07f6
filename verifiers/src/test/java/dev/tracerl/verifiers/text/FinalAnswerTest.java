package dev.tracerl.verifiers.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.verifiers.text.FinalAnswer.Mark;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FinalAnswerTest {

    static Stream<Arguments> boxes() {
        return Stream.of(
                Arguments.of("so \\boxed{42}.", List.of("42")),
                Arguments.of("\\boxed{\\frac{1}{2}}", List.of("\\frac{1}{2}")),
                Arguments.of("\\boxed{\\{1, 2\\}} and \\fbox{3}", List.of("\\{1, 2\\}", "3")),
                Arguments.of("\\boxed 7 it is", List.of("7")),
                Arguments.of("\\boxed{ \\boxed{7} }", List.of("\\boxed{7}")),
                Arguments.of("$\\boxed{\\frac{1}{2}$ is it.\nYes {x}", List.of("\\frac{1}{2}")),
                Arguments.of("\\boxed{5", List.of("5")),
                Arguments.of("\\boxed{}", List.of()),
                Arguments.of("\\boxed", List.of()),
                Arguments.of(
                        "\\boxed{\n\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}\n}",
                        List.of("\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}")));
    }

    @ParameterizedTest
    @MethodSource("boxes")
    void boxesAreReadWithTheirBraces(String text, List<String> contents) {
        // When
        // Then
        assertThat(Boxes.contents(text)).isEqualTo(contents);
    }

    static Stream<Arguments> responses() {
        return Stream.of(
                Arguments.of("The answer is 3, so \\boxed{4}", Mark.BOXED, "4"),
                Arguments.of("<think>\\boxed{3}</think><answer> 4 </answer>", Mark.TAGGED, "4"),
                Arguments.of("<think>a</think>\\boxed{4}<|im_end|>\\boxed{5}", Mark.BOXED, "4"),
                Arguments.of("2 + 2 = 4\n#### 4", Mark.HASHES, "4"),
                Arguments.of("\u0130 THE ANSWER IS 15", Mark.ANNOUNCED, "15"),
                Arguments.of("Therefore, the final answer is: $4$.", Mark.ANNOUNCED, "$4$."),
                Arguments.of("The answer is 3. No, the answer is 4", Mark.ANNOUNCED, "4"),
                Arguments.of("**Answer:** 4", Mark.ANNOUNCED, "4"),
                Arguments.of("it is 4", Mark.NONE, "it is 4"));
    }

    @ParameterizedTest
    @MethodSource("responses")
    void theStrongestMarkWins(String response, Mark mark, String answer) {
        // When
        // Then
        assertThat(FinalAnswer.of(response)).isEqualTo(new FinalAnswer(mark, List.of(answer)));
    }

    @Test
    void ofALongResponseTheEndIsRead() {
        // Given
        String response = "\\boxed{1}" + " ".repeat(FinalAnswer.MAX_LENGTH) + "#### 2";

        // When
        // Then
        assertThat(FinalAnswer.of(response).candidates()).containsExactly("2");
    }
}
