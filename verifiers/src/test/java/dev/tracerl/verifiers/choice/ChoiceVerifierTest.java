package dev.tracerl.verifiers.choice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChoiceVerifierTest {

    private final ChoiceVerifier verifier = new ChoiceVerifier();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "B",
                "b",
                "(B)",
                "B.",
                "B. Canis Major",
                "\\boxed{B}",
                "$\\boxed{\\text{(B)}}$",
                "\\boxed{\\textbf{(B)}\\ 12}",
                "A is too small, C is too large.\nThe answer is (B).",
                "The correct option is B",
                "Answer: B) Paris",
                "**Answer: B**",
                "A and C are wrong.\nB",
                "<answer>B</answer>",
                "I first thought A.\n\nTherefore (B).",
                "The answer is B, not A.",
                "It is not A but B",
                "A is not right, so it is B",
                "The answer is (B), because A is wrong"
            })
    void theChoiceIsFound(String response) {
        // When
        // Then
        assertThat(verifier.verify(task("B"), response)).isInstanceOf(Verdict.Correct.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "A",
                "Paris",
                "Because",
                "BB",
                "A or B",
                "\\boxed{A, B}",
                "\\boxed{A} \\boxed{B}",
                "The answer is A or (B).",
                "The answer is (A) (B) (C) (D)",
                "The answer is B or C",
                "B is tempting.\nThe answer is C",
                "The answer is not B",
                "I would rule out (B)",
                "\\boxed{\\bar B}",
                "\\boxed{\\overline{B}}",
                "\\boxed{\\text{all but B}}",
                "anything but (B)",
                "\\boxed{A\\to B}",
                "It can't be (B)",
                "B is wrong",
                "\\boxed{A/B}",
                "\\boxed{A B}",
                "\\boxed{B A}",
                "\\boxed{(B), A, C, D}",
                "\\boxed{B) A) C)}",
                "\\boxed{(B)(A)}",
                "\\boxed{(B) 5, A, C}"
            })
    void otherChoicesAndSeveralOfThemAreWrong(String response) {
        // When
        // Then
        assertThat(verifier.verify(task("B"), response)).isInstanceOf(Verdict.Incorrect.class);
    }

    @Test
    void theRightLetterMayBeWrittenInAnyWay() {
        // When
        // Then
        assertThat(verifier.verify(task("(c)"), "C").score()).hasValue(1);
    }

    @Test
    void malformedTasksAreNamed() {
        // When
        // Then
        assertThat(verifier.verify(task("AB"), "A"))
                .isEqualTo(new Verdict.Unverifiable("input answer must be one letter from A to J", 0));
    }

    private static TaskInputs task(String answer) {
        return new TaskInputs("t/0", "choice", "", Map.of("answer", answer));
    }
}
