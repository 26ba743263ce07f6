package dev.tracerl.verifiers.weighted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tracerl.verifiers.ChunkScore;
import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import dev.tracerl.verifiers.Verifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightedVerifierTest {

    private final WeightedVerifier verifier = new WeightedVerifier();

    @ParameterizedTest
    @CsvSource({"\\boxed{x}, 1", "x, 0.9", "\\boxed{y}, 0.1", "y, 0"})
    void scoresAreMixedByWeight(String response, double score) {
        // When
        Verdict verdict = verifier.verify(task("0.9 exact, 0.1 format"), response);

        // Then
        assertThat(verdict.score().getAsDouble()).isEqualTo(score, within(1e-12));
    }

    @Test
    void reasonsNameTheirParts() {
        // When
        Verdict verdict = verifier.verify(task("0.9 exact, 0.1 format"), "y");

        // Then
        assertThat(verdict).isInstanceOf(Verdict.Incorrect.class);
        assertThat(verdict.reason()).isEqualTo("exact: is not the answer; format: not boxed");
    }

    @Test
    void aPartWithoutAScoreIsNotPaidForItsForm() {
        // Given
        WeightedVerifier mixed = new WeightedVerifier(Map.of("slow", new Slow(), "exact", verifierOf("exact")));

        // When
        Verdict verdict = mixed.verify(task("1 exact, 1 slow"), "x");

        // Then
        assertThat(verdict).isEqualTo(new Verdict.TimedOut("too slow", 7));
        assertThat(mixed.verifyInline(task("1 exact, 1 slow"), "x")).isEmpty();
        assertThat(mixed.verifyInline(task("1 exact"), "x")).hasValue(new Verdict.Correct(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "exact", "0 exact", "-1 exact", "1 exact,", "1e9999 exact"})
    void malformedPartsAreUnverifiable(String parts) {
        // When
        // Then
        assertThat(verifier.verify(task(parts), "x").reason()).startsWith("parts must be 1 to 8 positive weights");
    }

    @Test
    void scoresOfStepsAreMixedWithTheScoresOfWholesByWeight() {
        // Given
        WeightedVerifier mixed = new WeightedVerifier(Map.of("steps", new Steps(), "format", verifierOf("format")));

        // When
        Verdict boxed = mixed.verify(task("3 steps, 1 format"), "First.\n\n\\boxed{x}");
        Verdict unboxed = mixed.verify(task("3 steps, 1 format"), "First.\n\nLast x.  ");

        // Then
        assertThat(boxed.score()).hasValue((3 * 0.5 + 1) / 4);
        assertThat(boxed.chunks()).containsExactly(new ChunkScore(8, 1), new ChunkScore(17, 0.25));
        assertThat(unboxed.chunks()).containsExactly(new ChunkScore(8, 0.75), new ChunkScore(17, 0));
        assertThat(mixed.verify(task("1 format"), "\\boxed{x}").chunks()).isEmpty();
    }

    /** Finds the first step right and the last one wrong. */
    private static final class Steps implements Verifier {

        @Override
        public String kind() {
            return "steps";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public boolean isInline() {
            return true;
        }

        @Override
        public Optional<String> invalid(TaskInputs task) {
            return Optional.empty();
        }

        @Override
        public Verdict verify(TaskInputs task, String answer) {
            return new Verdict.InChunks(
                    new Verdict.Partial(0.5, "half", 1), List.of(new ChunkScore(8, 1), new ChunkScore(17, 0)));
        }
    }

    @Test
    void unknownKindsAndMixturesOfMixturesAreRefused() {
        // When
        // Then
        assertThat(verifier.invalid(task("1 nobody"))).hasValue("parts has kind nobody, which cannot be mixed");
        assertThat(verifier.invalid(task("1 weighted"))).hasValue("parts has kind weighted, which cannot be mixed");
        assertThat(verifier.invalid(task("1 sudoku"))).hasValue("sudoku: input givens is missing");
        assertThat(verifier.version()).contains("exact-1", "format-1");
    }

    @Test
    void aMixtureIsAsAvailableAsItsParts() {
        // Given
        WeightedVerifier mixed = new WeightedVerifier(Map.of("slow", new Slow(), "exact", verifierOf("exact")));

        // When
        // Then
        assertThat(mixed.unavailable(task("1 exact, 1 slow"))).hasValue("slow needs a server");
        assertThat(mixed.unavailable(task("1 exact"))).isEmpty();
        assertThat(mixed.unavailable(task("1 nobody"))).isEmpty();
        assertThat(verifierOf("weighted").isComposite()).isTrue();
        assertThat(verifierOf("exact").isComposite()).isFalse();
    }

    private static Verifier verifierOf(String kind) {
        return dev.tracerl.verifiers.Verifiers.byKind().get(kind);
    }

    private static TaskInputs task(String parts) {
        return new TaskInputs("t/0", "weighted", "", Map.of("parts", parts, "answer", "x", "format", "boxed"));
    }

    private static final class Slow implements Verifier {

        @Override
        public String kind() {
            return "slow";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public boolean isInline() {
            return false;
        }

        @Override
        public Optional<String> unavailable() {
            return Optional.of("slow needs a server");
        }

        @Override
        public Optional<String> invalid(TaskInputs task) {
            return Optional.empty();
        }

        @Override
        public Verdict verify(TaskInputs task, String answer) {
            return new Verdict.TimedOut("too slow", 7);
        }
    }
}
