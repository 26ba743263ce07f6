package dev.tracerl.verifiers.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No right answer is judged wrong for where it runs, and no wrong one is left without a score. */
class CodeFairnessTest {

    private static TaskInputs task(String tests) {
        return new TaskInputs("t/0", "code", "", Map.of("tests", tests));
    }

    @Test
    void fencedAnswerMayUseTheImportsOfItsPrompt() {
        // Given
        CodeVerifier verifier = SandboxHere.verifier();
        String tests = "{\"kind\": \"function\", \"entryPoints\": [\"f\"], \"cases\": [\"assert f([1, 2]) == 3\"]}";
        String prefix = "from typing import List\n\ndef f(xs: List[int]) -> int:\n    \"\"\"Their sum.\"\"\"\n";
        TaskInputs task = new TaskInputs("t/0", "code", "", Map.of("tests", tests, "prefix", prefix));

        // When
        Verdict verdict = verifier.verify(task, "```python\ndef f(xs: List[int]) -> int:\n    return sum(xs)\n```");

        // Then
        assertThat(verdict).isEqualTo(new Verdict.Correct(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit()", "quit()", "exit(0)"})
    void programMayEndItselfAsInAnInterpreter(String end) {
        // Given
        CodeVerifier verifier = SandboxHere.verifier();

        // When
        Verdict verdict = verifier.verify(task(Attempts.TESTS.get("stdio")), "print(int(input()) ** 2)\n" + end);

        // Then
        assertThat(verdict).isEqualTo(new Verdict.Correct(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lambda x: x + 1", "Decimal('1')", "len", "range(3)"})
    void testsThatPassWhatCannotCrossAreUnverifiable(String argument) {
        // Given
        CodeVerifier verifier = SandboxHere.verifier();
        String tests = "{\"kind\": \"function\", \"setup\": \"from decimal import Decimal\", \"cases\":"
                + " [\"assert same(1) == 1\", \"assert same(%s)\"]}".formatted(argument);

        // When
        Verdict verdict = verifier.verify(task(tests), "def same(x):\n    return x");

        // Then
        assertThat(verdict).isInstanceOf(Verdict.Unverifiable.class);
        assertThat(verdict.reason()).contains("which cannot cross to the code");
    }

    @Test
    void answerCannotMakeATestUnverifiable() {
        // Given
        CodeVerifier verifier = SandboxHere.verifier();
        String tests = "{\"kind\": \"function\", \"cases\": [\"assert f(f(1).index) == 1\"]}";

        // When
        Verdict verdict = verifier.verify(task(tests), "def f(x):\n    return []");

        // Then
        assertThat(verdict).isInstanceOf(Verdict.Incorrect.class);
    }

    @Test
    void stopIterationOfTheCodeEndsNoLoopOfTheTests() {
        // Given
        CodeVerifier verifier = SandboxHere.verifier();
        String tests = "{\"kind\": \"function\", \"cases\": [\"assert all(map(even, [2, 4]))\"]}";

        // When
        Verdict verdict = verifier.verify(task(tests), "def even(n):\n    raise StopIteration");

        // Then
        assertThat(verdict).isInstanceOf(Verdict.Incorrect.class);
        assertThat(verdict.reason()).contains("RuntimeError: StopIteration");
    }

    @ParameterizedTest
    @CsvSource({"function", "stdio"})
    void testsTogetherMaySleepNoLongerThanTheirTotal(String kind) throws Exception {
        // Given
        CodeVerifier verifier = SandboxHere.verifier();
        String one = kind.equals("function") ? "\"assert f()\"" : "{\"input\": \"\", \"output\": \"1\"}";
        String tests = "{\"kind\": \"%s\", \"timeLimitSeconds\": 0.5, \"totalTimeLimitSeconds\": 0.5, \"cases\": [%s]}"
                .formatted(kind, String.join(",", Collections.nCopies(8, one)));
        String code = kind.equals("function")
                ? "import time\ndef f():\n    time.sleep(0.35)\n    return True"
                : "import time\ntime.sleep(0.35)\nprint(1)";

        // When
        TestReport report = verifier.report(CodeTask.of(task(tests)), code);

        // Then
        assertThat(report).isInstanceOf(TestReport.Finished.class);
        List<TestResult> results = ((TestReport.Finished) report).results();
        assertThat(results.get(0).isPassed()).isTrue();
        assertThat(results.get(7).status()).isEqualTo(TestResult.Status.NOT_RUN);
    }
}
