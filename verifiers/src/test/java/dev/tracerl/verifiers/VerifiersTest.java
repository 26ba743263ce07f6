package dev.tracerl.verifiers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.verifiers.weighted.WeightedVerifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerifiersTest {

    private static final TaskInputs TASK = new TaskInputs("set/0", "broken", "", Map.of());

    @Test
    void verifiersOnTheClassPathAreFoundByKind() {
        // When
        Map<String, Verifier> verifiers = Verifiers.byKind();

        // Then
        assertThat(verifiers)
                .containsKeys("sudoku", "countdown", "code", "exact", "choice", "format", "weighted", "math", "judge");
        assertThat(verifiers).allSatisfy((kind, verifier) -> {
            assertThat(verifier.kind()).isEqualTo(kind);
            assertThat(verifier.version()).isNotBlank();
        });
    }

    @Test
    void verifierThatThrowsGivesAFailedVerdict() {
        // Given
        Verifier verifier = Verifiers.index(List.of(new Broken())).get("broken");

        // When
        Verdict verdict = verifier.verify(TASK, "x");
        Optional<String> invalid = verifier.invalid(TASK);

        // Then
        assertThat(verdict).isInstanceOf(Verdict.Failed.class);
        assertThat(verdict.reason()).contains("broken", "no idea");
        assertThat(verdict.score()).isEmpty();
        assertThat(invalid).hasValueSatisfying(reason -> assertThat(reason).contains("no idea"));
    }

    @Test
    void verifierWithoutItsClassesGivesAFailedVerdict() {
        // Given
        Verifier verifier = Verifiers.index(List.of(new Incomplete())).get("incomplete");

        // When
        Verdict verdict = verifier.verify(TASK, "x");

        // Then
        assertThat(verdict).isInstanceOf(Verdict.Failed.class);
        assertThat(verdict.reason()).contains("incomplete", "a/Library");
        assertThat(verifier.verifyInline(TASK, "x")).containsInstanceOf(Verdict.Failed.class);
        assertThat(verifier.invalid(TASK))
                .hasValueSatisfying(reason -> assertThat(reason).contains("a/Library"));
        assertThat(verifier.unavailable())
                .hasValueSatisfying(reason -> assertThat(reason).contains("a/Library"));
    }

    @Test
    void mixedVerifiersAreThoseThatWereFoundTogether() {
        // Given
        Map<String, Verifier> found = Verifiers.index(List.of(new Once("once"), new WeightedVerifier()));

        // When
        Verdict verdict =
                found.get("weighted").verify(new TaskInputs("set/0", "weighted", "", Map.of("parts", "1 once")), "x");

        // Then
        assertThat(verdict).isEqualTo(new Verdict.Correct(1));
    }

    @Test
    void kindsAreUnique() {
        // When
        // Then
        assertThatThrownBy(() -> Verifiers.index(List.of(new Broken(), new Broken())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("two verifiers for kind broken");
    }

    @Test
    void onlyJudgedAnswersHaveAScore() {
        // Then
        assertThat(new Verdict.Correct(3).score()).hasValue(1);
        assertThat(new Verdict.Incorrect("wrong", 3).score()).hasValue(0);
        assertThat(new Verdict.Partial(0.25, "some", 3).score()).hasValue(0.25);
        assertThat(new Verdict.Unverifiable("malformed", 3).score()).isEmpty();
        assertThat(new Verdict.TimedOut("slow", 3).score()).isEmpty();
        assertThat(new Verdict.Failed("bug", 3).score()).isEmpty();
        assertThat(new Verdict.Correct(3).reason()).isEmpty();
        assertThatThrownBy(() -> new Verdict.Partial(Double.NaN, "", 0)).hasMessage("share is NaN, must be in [0, 1]");
    }

    @Test
    void missingTestSetIsNamed() {
        // When
        // Then
        assertThatThrownBy(() -> TestSet.lines("none.csv")).hasMessage("no test set named none.csv");
    }

    private static final class Broken implements Verifier {

        @Override
        public String kind() {
            return "broken";
        }

        @Override
        public String version() {
            return "0";
        }

        @Override
        public Optional<String> invalid(TaskInputs task) {
            throw new IllegalStateException("no idea");
        }

        @Override
        public Verdict verify(TaskInputs task, String answer) {
            throw new StackOverflowError("no idea");
        }
    }

    private record Once(String kind) implements Verifier {

        @Override
        public String version() {
            return "0";
        }

        @Override
        public Optional<String> invalid(TaskInputs task) {
            return Optional.empty();
        }

        @Override
        public Verdict verify(TaskInputs task, String answer) {
            return new Verdict.Correct(1);
        }
    }

    private static final class Incomplete implements Verifier {

        @Override
        public String kind() {
            return "incomplete";
        }

        @Override
        public String version() {
            return "0";
        }

        @Override
        public Optional<String> unavailable() {
            throw new NoClassDefFoundError("a/Library");
        }

        @Override
        public Optional<String> invalid(TaskInputs task) {
            throw new NoClassDefFoundError("a/Library");
        }

        @Override
        public Verdict verify(TaskInputs task, String answer) {
            throw new NoClassDefFoundError("a/Library");
        }
    }
}
