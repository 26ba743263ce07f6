package dev.tracerl.verifiers.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.code.Attempts.Attempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the code does, it earns what it is worth: nothing. */
class AttemptsTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "code-sandbox.md");

    static List<Attempt> attempts() {
        return Attempts.all();
    }

    @ParameterizedTest
    @MethodSource("attempts")
    void attemptIsContainedAndNamed(Attempt attempt) throws Exception {
        // Given
        CodeVerifier verifier = SandboxHere.verifier();
        TaskInputs task = new TaskInputs("t/0", "code", "", Map.of("tests", Attempts.TESTS.get(attempt.tests())));

        // When
        TestReport report = verifier.report(CodeTask.of(task), attempt.code());

        // Then
        assertThat(report).isInstanceOf(TestReport.Finished.class);
        TestResult first = ((TestReport.Finished) report).results().get(0);
        assertThat(first.status().name()).as(first.reason()).isEqualTo(attempt.status());
        assertThat(report.verdict().getClass().getSimpleName()).isEqualTo(attempt.verdict());
        assertThat(report.verdict().score()).hasValue(0);
    }

    @Test
    void theDocumentShowsWhatIsTested() throws IOException {
        // When
        String document = Files.readString(DOCUMENT);

        // Then
        assertThat(document).contains(Attempts.table());
    }
}
