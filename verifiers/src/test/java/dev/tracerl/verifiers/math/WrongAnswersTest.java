package dev.tracerl.verifiers.math;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Wrong answers that look like right ones: a table by hand, and changed right answers from a seed. */
class WrongAnswersTest {

    private static final MathVerifier VERIFIER = SharedVerifier.VERIFIER;
    private static final int SEED = 20_261_125;
    private static final int ROUNDS = 150;

    private static final List<UnaryOperator<String>> MARKS = List.of(
            answer -> "\\boxed{" + answer + "}",
            answer -> "So the answer is $" + answer + "$.",
            answer -> "#### " + answer,
            answer -> "<answer>" + answer + "</answer>",
            answer -> "We get\n\\[ \\boxed{" + answer + "} \\]");

    /** A right answer, and an answer of the same form that is wrong. */
    private record Change(String right, String wrong) {}

    @Test
    void noAnswerOfTheTableIsRight() throws IOException {
        // Given
        List<String[]> rows = rows();

        // When
        List<String> misjudged = rows.stream()
                .filter(row -> !isAsLabelled(row[0], verdict(row[1], row[2].replace('\u23CE', '\n'))))
                .map(row -> String.join(" | ", row))
                .toList();

        // Then
        assertThat(rows).hasSizeGreaterThan(2000);
        assertThat(misjudged).isEmpty();
    }

    @Test
    void changedAnswersAreWrongAndUnchangedOnesRight() {
        // Given
        List<Change> changes = changes(new Random(SEED));

        // When
        List<Change> wrong = changes.stream()
                .filter(change -> inEveryForm(change.right(), change.wrong(), Verdict.Outcome.INCORRECT))
                .toList();
        List<Change> right = changes.stream()
                .filter(change -> inEveryForm(change.right(), change.right(), Verdict.Outcome.CORRECT))
                .toList();

        // Then
        assertThat(changes).hasSize(ROUNDS * 8);
        assertThat(wrong).isEqualTo(changes);
        assertThat(right).isEqualTo(changes);
    }

    private static boolean inEveryForm(String right, String answer, Verdict.Outcome outcome) {
        return MARKS.stream()
                .allMatch(mark -> verdict(right, mark.apply(answer)).outcome() == outcome);
    }

    private static boolean isAsLabelled(String label, Verdict verdict) {
        return label.equals("0")
                ? verdict.outcome() == Verdict.Outcome.INCORRECT
                : verdict.outcome() != Verdict.Outcome.CORRECT;
    }

    private static List<Change> changes(Random random) {
        List<Change> changes = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            int a = 2 + random.nextInt(90);
            int b = a + 1 + random.nextInt(9);
            int step = 1 + random.nextInt(3);
            changes.add(new Change("" + a * 1000, "" + (random.nextBoolean() ? -a * 1000 : a * 1000 + step)));
            changes.add(fraction(a, b, step, random.nextBoolean()));
            changes.add(new Change("(" + a + "," + b + ")", pair(a, b, step, random.nextInt(3))));
            changes.add(interval(a, b, random));
            changes.add(new Change(
                    a + "x-" + b,
                    List.of(b + "x-" + a, b + "-" + a + "x", a + "x+" + b).get(random.nextInt(3))));
            changes.add(new Change(a + "\\sqrt{" + prime(step) + "}", a + "\\sqrt{" + prime(step + 1) + "}"));
            changes.add(new Change(
                    "\\begin{pmatrix}" + a + "&" + b + "\\\\0&1\\end{pmatrix}",
                    "\\begin{pmatrix}" + a + "&0\\\\" + b + "&1\\end{pmatrix}"));
            changes.add(new Change("\\{" + a + "," + b + "\\}", "\\{" + a + "," + (b + step) + "\\}"));
        }
        return changes;
    }

    private static Change fraction(int a, int b, int step, boolean mixed) {
        String fraction = "\\frac{" + a + "}{" + b + "}";
        return mixed
                ? new Change(step + fraction, step + "\\cdot" + fraction)
                : new Change(fraction, "\\frac{" + b + "}{" + a + "}");
    }

    private static String pair(int a, int b, int step, int kind) {
        return switch (kind) {
            case 0 -> "(" + b + "," + a + ")";
            case 1 -> "\\{" + a + "," + b + "\\}";
            default -> "(" + a + "," + (b + step) + ")";
        };
    }

    /** Other ends, or other brackets. */
    private static Change interval(int a, int b, Random random) {
        String[] brackets = {"[", ")", "(", "]", "[", "]"};
        int kind = 2 * random.nextInt(3);
        int other = (kind + 2) % 6;
        String ends = "-" + a + "," + b;
        return new Change(brackets[kind] + ends + brackets[kind + 1], brackets[other] + ends + brackets[other + 1]);
    }

    private static int prime(int index) {
        return List.of(2, 3, 5, 7, 11).get(index);
    }

    private static Verdict verdict(String right, String response) {
        return VERIFIER.verify(new TaskInputs("t/0", "math", "", Map.of("answer", right)), response);
    }

    private static List<String[]> rows() throws IOException {
        try (InputStream file = Objects.requireNonNull(WrongAnswersTest.class.getResourceAsStream("adversarial.tsv"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .toList();
        }
    }
}
