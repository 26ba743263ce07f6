package dev.tracerl.verifiers.exact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactVerifierTest {

    private final ExactVerifier verifier = new ExactVerifier();

    @ParameterizedTest
    @ValueSource(
            strings = {"New York", " New \n York ", "\\boxed{New York}", "x\n#### New York", "the answer is New York"})
    void theAnswerIsFoundWordForWord(String response) {
        // When
        Verdict verdict = verifier.verify(task(Map.of("answer", "New York")), response);

        // Then
        assertThat(verdict).isInstanceOf(Verdict.Correct.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "new york", "New York City", "York", "\\boxed{New York} or \\boxed{Boston}"})
    void anythingElseIsWrong(String response) {
        // When
        Verdict verdict = verifier.verify(task(Map.of("answer", "New York")), response);

        // Then
        assertThat(verdict).isInstanceOf(Verdict.Incorrect.class);
    }

    @Test
    void caseCanBeIgnored() {
        // Given
        TaskInputs task = task(Map.of("answer", "New York", "case", "insensitive"));

        // When
        // Then
        assertThat(verifier.verify(task, "NEW YORK").score()).hasValue(1);
    }

    @Test
    void malformedTasksAreNamed() {
        // When
        // Then
        assertThat(verifier.invalid(task(Map.of()))).hasValue("input answer is missing");
        assertThat(verifier.verify(task(Map.of("answer", "a", "case", "upper")), "a"))
                .isEqualTo(new Verdict.Unverifiable("case must be sensitive or insensitive", 0));
    }

    private static TaskInputs task(Map<String, String> inputs) {
        return new TaskInputs("t/0", "exact", "", inputs);
    }
}
