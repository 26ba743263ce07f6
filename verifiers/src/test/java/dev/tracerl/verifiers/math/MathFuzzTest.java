package dev.tracerl.verifiers.math;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a model writes, the verifier answers within its operations. {@code -Pfuzz} mutates 100,000 answers, the usual
 * build a few thousand.
 */
class MathFuzzTest {

    private static final int ROUNDS = Integer.getInteger("tracerl.fuzz.rounds", 4_000);

    /** Read and exact operations together. */
    private static final long MAX_OPERATIONS = 600_000;

    private static final List<String> SEEDS = List.of(
            "\\frac{1}{2}",
            "\\boxed{\\sqrt{2}+1}",
            "(1,2]",
            "\\{1,2,3\\}",
            "x^2+2x+1",
            "1,234,567.89",
            "3\\frac{1}{2}\\%",
            "[0,1)\\cup(2,\\infty)",
            "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}",
            "x \\geq 5",
            "1 \\pm \\sqrt{19}",
            "The answer is $\\frac{3}{4}$.",
            "15\\text{ cm}^2",
            "\\sin^2 x+\\cos^2 x",
            "0.\\overline{3}",
            "2^{3^{4}}",
            "\\log_2 8",
            "#### 42",
            "5!",
            "|x-1|",
            "\\left(\\frac{1}{x+1}\\right)^{-3}",
            "12:30",
            "x>1\\text{ and }x<5",
            "\\sin(x+\\frac{y}{2})\\cos 3x",
            "204_5",
            "\\text{Evelyn}",
            "((2/3)^{199}a+(3/7)^{100}b)^2");

    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "(",
            ")",
            "[",
            "]",
            "\\",
            "^",
            "_",
            "!",
            "%",
            "$",
            ",",
            ".",
            "-",
            "+",
            "*",
            "/",
            "|",
            "=",
            "<",
            "&",
            " ",
            "\n",
            "\0",
            "\\frac",
            "\\sqrt",
            "\\boxed{",
            "\\left",
            "\\right",
            "\\text{",
            "\\begin{pmatrix}",
            "\\end{pmatrix}",
            "\\\\",
            "\\pm",
            "\\cup",
            "\\infty",
            "\\pi",
            "999999999",
            "^{99999}",
            "^^",
            "!!!!",
            "\u221a",
            "\u00bd",
            "\uD800",
            "\uD83D\uDE42",
            "\u0661",
            "e",
            "i",
            "x",
            "f(",
            "\\overline{",
            "\\binom",
            "\\sum_{k=0}^",
            " and ",
            "0",
            "1/0",
            "####",
            "answer is",
            "or");

    private final MathVerifier verifier = SharedVerifier.VERIFIER;

    @Test
    void mutatedAnswersAreJudgedWithinBounds() {
        // Given
        SplittableRandom random = new SplittableRandom(20_240);

        for (int round = 0; round < ROUNDS; round++) {
            String answer = SEEDS.get(random.nextInt(SEEDS.size()));
            String response = mutated(SEEDS.get(random.nextInt(SEEDS.size())), random);

            // When
            Optional<Verdict> verdict = verifier.verifyInline(task(answer), response);

            // Then
            verdict.ifPresent(found -> assertThat(found.operations())
                    .as(answer + " against " + response)
                    .isBetween(0L, MAX_OPERATIONS));
            assertThat(verdict.filter(Verdict.Failed.class::isInstance))
                    .as(answer + " against " + response)
                    .isEmpty();
        }
    }

    /** With computer algebra: the clock never decides. */
    @Test
    void mutatedAnswersAreJudgedByTheirSize() {
        // Given
        SplittableRandom random = new SplittableRandom(20_243);
        List<String> answers = List.of("\\sin 2x", "\\sin^2 x+\\cos^2 x", "\\log_2(x+1)", "\\sqrt{x^2+1}", "e^{x}+1");

        for (int round = 0; round < ROUNDS / 200; round++) {
            String answer = answers.get(random.nextInt(answers.size()));
            String response = mutated(answers.get(random.nextInt(answers.size())), random);

            // When
            Verdict verdict = verifier.verify(task(answer), "\\boxed{" + response + "}");

            // Then
            assertThat(verdict)
                    .as(answer + " against " + response)
                    .isNotInstanceOf(Verdict.Failed.class)
                    .isNotInstanceOf(Verdict.TimedOut.class);
        }
    }

    @Test
    void mutatedTasksAreJudgedToo() {
        // Given
        SplittableRandom random = new SplittableRandom(20_241);

        for (int round = 0; round < ROUNDS / 4; round++) {
            String answer = mutated(SEEDS.get(random.nextInt(SEEDS.size())), random);

            // When
            Optional<Verdict> verdict = verifier.verifyInline(task(answer), "\\boxed{" + answer + "}");

            // Then
            assertThat(verdict.filter(Verdict.Failed.class::isInstance))
                    .as(answer)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "{",
                "[",
                "\\boxed{",
                "\\frac{",
                "\\sqrt{",
                "-",
                "2^",
                "1+",
                "x(",
                "\\text{",
                "$",
                "1,",
                "\\\\",
                "9",
                "|",
                "\\{",
                " ",
                "a",
                "\\left(",
                "1/",
                "!",
                "or ",
                "\\begin{pmatrix}",
                "answer is ",
                "#",
                "<"
            })
    void repetitionsEndInAVerdict(String piece) {
        // When
        Verdict verdict = verifier.verify(task("5"), piece.repeat(200_000 / piece.length()));

        // Then
        assertThat(verdict.score()).hasValue(0);
    }

    /** Sums of fractions with thousands of digits, squared: few operations, each of them long. */
    @ParameterizedTest
    @CsvSource({"14999, 2", "9999, 2", "4999, 2", "2499, 2", "2499, 20", "400, 2"})
    void hugeCoefficientsStopAtTheBudget(int exponent, int power) {
        // Given
        String sum = IntStream.range(0, 60)
                .mapToObj(i -> "(2/3)^{" + exponent + "}a_{" + i + "}")
                .collect(Collectors.joining("+"));

        // When
        Optional<Verdict> verdict = verifier.verifyInline(task("5"), "\\boxed{(" + sum + ")^" + power + "}");

        // Then
        verdict.ifPresent(found -> assertThat(found.operations()).isBetween(1L, MAX_OPERATIONS));
        assertThat(verdict.flatMap(found -> found.score().stream().boxed().findFirst()))
                .isIn(Optional.of(0.0), Optional.empty());
    }

    private static String mutated(String seed, SplittableRandom random) {
        StringBuilder text = new StringBuilder(seed);
        int changes = 1 + random.nextInt(6);
        for (int change = 0; change < changes; change++) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(3)));
                case 2 -> text.insert(at, SEEDS.get(random.nextInt(SEEDS.size())));
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(8))));
            }
        }
        return text.toString();
    }

    private static TaskInputs task(String answer) {
        return new TaskInputs("t/0", "math", "", Map.of("answer", answer));
    }
}
