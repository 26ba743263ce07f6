package dev.tracerl.verifiers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.verifiers.choice.ChoiceVerifier;
import dev.tracerl.verifiers.countdown.CountdownTask;
import dev.tracerl.verifiers.countdown.CountdownVerifier;
import dev.tracerl.verifiers.exact.ExactVerifier;
import dev.tracerl.verifiers.format.FormatVerifier;
import dev.tracerl.verifiers.sudoku.SudokuVerifier;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a model writes, a verifier answers, and within its bounds. {@code -Pfuzz} mutates 100,000 responses in prose, the
 * usual build a few thousand.
 */
class FuzzTest {

    private static final String ALPHABET = "0123456789+-*/(),.= \n\t\0abcÿ١²½−×÷１🙂\uD800\u202E";
    private static final int MAX_OPERATIONS = 2000;
    private static final int ROUNDS = Integer.getInteger("tracerl.fuzz.rounds", 4_000);

    /** What prose around an answer is made of. */
    private static final List<String> PIECES = List.of(
            "\\boxed{",
            "}",
            "<answer>",
            "</answer>",
            "```",
            "```text\n",
            "\n",
            "####",
            "The answer is ",
            " or ",
            "not ",
            "</think>",
            "30+93-100",
            "(30+93)-100 = 23",
            "3142243142131324",
            "3142\n2431\n",
            "=",
            "= 23",
            "\\frac{93}{30}",
            "\\times",
            "$",
            "**",
            "(",
            "-",
            "B",
            "(C)",
            "\uD800",
            "\0",
            "9".repeat(40),
            "+".repeat(40));

    private static final List<Verifier> VERIFIERS = List.of(new SudokuVerifier(), new CountdownVerifier());
    private static final TaskInputs SUDOKU = new TaskInputs("s/0", "sudoku", "", Map.of("givens", "3102200002100320"));
    private static final TaskInputs COUNTDOWN = new CountdownTask(List.of(30, 100, 93), 23).task("c/0");

    static Stream<String> hostile() {
        return Stream.of(
                "",
                " ",
                "\0",
                "(".repeat(1_000_000),
                ")".repeat(100),
                "(".repeat(33) + "1" + ")".repeat(33),
                "1+".repeat(200) + "1",
                "9".repeat(1_000_000),
                "1/0",
                "1/(30-30)",
                "-".repeat(400),
                "30".repeat(5_000_000),
                "999999999*".repeat(50) + "999999999",
                "٣٠+١٠٠-٩٣",
                "３０＋１００−９３",
                "🙂".repeat(8),
                "\uD83D".repeat(16),
                "1234341243212143\n",
                "%s%n".repeat(10));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostileAnswersAreJudgedWithinBounds(String answer) {
        for (Verifier verifier : VERIFIERS) {
            // When
            Verdict verdict = verifier.verify(task(verifier), answer);

            // Then
            assertThat(verdict.score()).hasValue(0);
            assertThat(verdict.operations()).isBetween(0L, (long) MAX_OPERATIONS);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void randomAnswersAreJudgedTheSameTwice(int seed) {
        // Given
        SplittableRandom random = new SplittableRandom(seed);

        for (int round = 0; round < 2000; round++) {
            String answer = text(random, ALPHABET.length());
            for (Verifier verifier : VERIFIERS) {
                // When
                Verdict verdict = verifier.verify(task(verifier), answer);

                // Then
                assertThat(verdict.score()).isPresent();
                assertThat(verdict.operations()).isBetween(0L, (long) MAX_OPERATIONS);
                assertThat(verifier.verify(task(verifier), answer)).isEqualTo(verdict);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void randomTasksAreUnverifiableWheneverTheyAreInvalid(int seed) {
        // Given
        SplittableRandom random = new SplittableRandom(seed);

        for (int round = 0; round < 2000; round++) {
            Map<String, String> inputs = Map.of(
                    "givens", text(random, 5),
                    "numbers", text(random, 18),
                    "target", text(random, 12),
                    "use", "all");
            TaskInputs task = new TaskInputs("t/0", "any", "", inputs);
            for (Verifier verifier : VERIFIERS) {
                // When
                Verdict verdict = verifier.verify(task, "1234341243212143");

                // Then
                assertThat(verdict instanceof Verdict.Unverifiable)
                        .isEqualTo(verifier.invalid(task).isPresent());
            }
        }
    }

    @Test
    void responsesInProseAreJudgedTheSameTwice() {
        // Given
        SplittableRandom random = new SplittableRandom(20_242);
        TaskInputs words = new TaskInputs("w/0", "any", "", Map.of("answer", "C", "format", "boxed,hashes,answer"));
        Map<Verifier, TaskInputs> tasks = Map.of(
                VERIFIERS.get(0),
                SUDOKU,
                VERIFIERS.get(1),
                COUNTDOWN,
                new ChoiceVerifier(),
                words,
                new ExactVerifier(),
                words,
                new FormatVerifier(),
                words);

        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder prose = new StringBuilder();
            for (int piece = random.nextInt(12); piece >= 0; piece--) {
                prose.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            String response = prose.toString();
            tasks.forEach((verifier, task) -> {
                // When
                Verdict verdict = verifier.verify(task, response);

                // Then
                assertThat(verdict.score())
                        .as(verifier.kind() + ": " + response)
                        .isPresent();
                assertThat(verifier.verify(task, response)).isEqualTo(verdict);
            });
        }
    }

    static IntStream seeds() {
        return IntStream.range(0, 5);
    }

    /** Mostly from the first {@code common} characters of the alphabet, which make well-formed text likely. */
    private static String text(SplittableRandom random, int common) {
        int length = random.nextInt(20) == 0 ? random.nextInt(600) : random.nextInt(20);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(common)));
        }
        return text.toString();
    }

    private static TaskInputs task(Verifier verifier) {
        return verifier instanceof SudokuVerifier ? SUDOKU : COUNTDOWN;
    }
}
