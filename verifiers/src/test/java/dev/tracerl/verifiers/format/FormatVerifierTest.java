package dev.tracerl.verifiers.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatVerifierTest {

    private final FormatVerifier verifier = new FormatVerifier();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "boxed|so \\boxed{4}|1",
                "boxed|\\boxed{4} \\boxed{5}|0",
                "boxed|4|0",
                "hashes|so 4 #### 4|0",
                "hashes|#### 4|1",
                "hashes|####|0",
                "think|<think>a</think> 4|1",
                "think|<think>a</think>|0",
                "think|4 <think>a</think> 4|0",
                "answer|<answer>4</answer>|1",
                "answer|<answer>4</answer> or 5|0",
                "code|```python x ```|1",
                "code|```python x|0",
                "boxed, hashes|\\boxed{4}|0.5",
            })
    void theScoreIsTheShareOfChecksThatHold(String format, String response, double score) {
        // When
        // Then
        assertThat(verifier.verify(task(format), response).score()).hasValue(score);
    }

    @Test
    void brokenChecksAreNamed() {
        // When
        // Then
        assertThat(verifier.verify(task("boxed,code"), "4").reason()).isEqualTo("not boxed, not code");
    }

    @Test
    void unknownChecksAreNamed() {
        // When
        // Then
        assertThat(verifier.verify(task("boxed,xml"), "4"))
                .isEqualTo(new Verdict.Unverifiable(
                        "format has unknown checks [xml], known are [boxed, hashes, think, answer, code]", 0));
        assertThat(verifier.invalid(task(" "))).hasValue("input format is missing");
    }

    private static TaskInputs task(String format) {
        return new TaskInputs("t/0", "format", "", Map.of("format", format));
    }
}
