package dev.tracerl.verifiers.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a task and an environment must say. */
class JudgeTaskTest {

    private static final JudgeVerifier WITHOUT_ENDPOINT = new JudgeVerifier(() -> {
        throw new IllegalArgumentException("set TRACERL_JUDGE_URL");
    });

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model| |input model must name the judge's model, in at most 200 characters",
                "template|{prompt}|input template must have {response} exactly once",
                "template|{response}{response}|input template must have {response} exactly once",
                "template|{answer}{response}|input template has {answer}, but input answer is missing",
                "scores|some|input scores is 'some', must be one of [whole, steps]",
                "split|words|input split is 'words', must be one of [paragraphs, lines]",
                "whole|max|input whole is 'max', must be one of [min, mean, last]",
                "scale|0|input scale is '0', must be a positive number below 10000",
                "scale|-1|input scale is '-1', must be a positive number below 10000",
                "attempts|11|input attempts is '11', must be a whole number from 1 to 10",
                "timeLimitSeconds|0|input timeLimitSeconds is '0', must be a whole number from 1 to 600",
                "seed|x|input seed is 'x', must be a whole number from 0 to 2147483647",
            })
    void aMalformedTaskIsUnverifiable(String name, String value, String reason) {
        // Given
        Map<String, String> inputs = new HashMap<>(Map.of("model", "grader"));
        inputs.put(name, value == null ? "" : value);

        // When
        Verdict verdict = WITHOUT_ENDPOINT.verify(new TaskInputs("t/0", "judge", "", inputs), "4");

        // Then
        assertThat(verdict).isEqualTo(new Verdict.Unverifiable(reason, 0));
    }

    @Test
    void withoutAnEndpointItSaysWhatToSet() {
        // Given
        TaskInputs task = new TaskInputs("t/0", "judge", "", Map.of("model", "grader"));

        // When
        // Then
        assertThat(WITHOUT_ENDPOINT.unavailable())
                .hasValue("tasks of kind judge need an endpoint: set TRACERL_JUDGE_URL");
        assertThat(WITHOUT_ENDPOINT.verify(task, "4")).isInstanceOf(Verdict.Failed.class);
        assertThat(WITHOUT_ENDPOINT.verifyInline(task, "4")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'set TRACERL_JUDGE_URL to its base URL, such as http://127.0.0.1:8000/v1'",
        "ftp://host/v1, TRACERL_JUDGE_URL must be http",
        "http://user:secret@host/v1, TRACERL_JUDGE_URL must be http",
        "http://host/v1?key=secret, TRACERL_JUDGE_URL must be http",
        "nonsense, TRACERL_JUDGE_URL must be http",
        "http://ho st, TRACERL_JUDGE_URL must be http",
    })
    void aBadUrlIsRefusedWithoutItsSecrets(String url, String message) {
        assertThatThrownBy(() -> JudgeSettings.of(Map.of("TRACERL_JUDGE_URL", url)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("secret");
    }

    @Test
    void aKeyIsNeitherShownNorCarriedByABrokenHeader() {
        // Given
        Map<String, String> environment = new HashMap<>(Map.of("TRACERL_JUDGE_URL", "https://host:1/v1/"));
        environment.put("TRACERL_JUDGE_KEY", " sk-secret\n");

        // When
        JudgeSettings settings = JudgeSettings.of(environment);
        environment.put("TRACERL_JUDGE_KEY", "sk\nsecret");

        // Then
        assertThat(settings.key()).hasValue("sk-secret");
        assertThat(settings).hasToString("JudgeSettings[https://host:1/v1/chat/completions, 4 at one time]");
        assertThatThrownBy(() -> JudgeSettings.of(environment))
                .hasMessage("TRACERL_JUDGE_KEY has characters that a header cannot carry");
    }

    @Test
    void aBadBoundIsRefused() {
        assertThatThrownBy(() -> JudgeSettings.of(
                        Map.of("TRACERL_JUDGE_URL", "http://host/v1", "TRACERL_JUDGE_CONCURRENCY", "0")))
                .hasMessage("TRACERL_JUDGE_CONCURRENCY is 0, must be from 1 to 256");
    }

    @Test
    void stepsTileTheResponse() {
        assertThat(Steps.ends("a\nb\n\n\nc", JudgeTask.Split.PARAGRAPHS)).containsExactly(6, 7);
        assertThat(Steps.ends("a\nb\n\n\nc", JudgeTask.Split.LINES)).containsExactly(2, 6, 7);
        assertThat(Steps.ends("\n\na\n \nb\n\n", JudgeTask.Split.PARAGRAPHS)).containsExactly(6, 9);
        assertThat(Steps.ends("a", JudgeTask.Split.LINES)).containsExactly(1);
        assertThat(Steps.ends("a\r\n\r\nb", JudgeTask.Split.PARAGRAPHS)).containsExactly(5, 6);
    }

    @Test
    void stepsBeyondTheLastAreOneWithIt() {
        // When
        List<Integer> ends = Steps.ends("x\n".repeat(1000), JudgeTask.Split.LINES);

        // Then
        assertThat(ends).hasSize(Steps.MAX).endsWith(2000);
    }
}
