package dev.tracerl.verifiers.math;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.verifiers.TaskInputs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** A table in the manner of public verifiers' tests, labelled before the verifier had been run on it. */
class IndependentPairsTest {

    private static final MathVerifier VERIFIER = SharedVerifier.VERIFIER;

    private record Pair(boolean right, String answer, String response) {

        OptionalDouble score() {
            TaskInputs task = new TaskInputs("t/0", "math", "", Map.of("answer", answer));
            return VERIFIER.verify(task, response).score();
        }
    }

    @Test
    void everyPairIsJudgedAsLabelled() throws IOException {
        // Given
        List<Pair> pairs = pairs();

        // When
        List<Pair> misjudged = pairs.stream()
                .filter(pair -> !pair.score().equals(OptionalDouble.of(pair.right() ? 1 : 0)))
                .toList();

        // Then
        assertThat(pairs).hasSizeGreaterThan(450);
        assertThat(misjudged).isEmpty();
    }

    private static List<Pair> pairs() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(IndependentPairsTest.class.getResourceAsStream("independent_pairs.tsv"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .map(cells -> new Pair(cells[0].equals("1"), cells[1], cells[2].replace('\u23CE', '\n')))
                    .toList();
        }
    }
}
