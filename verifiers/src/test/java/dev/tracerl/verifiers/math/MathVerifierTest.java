package dev.tracerl.verifiers.math;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import dev.tracerl.verifiers.math.symbolic.SymjaEngine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MathVerifierTest {

    private static final MathVerifier VERIFIER = SharedVerifier.VERIFIER;

    /**
     * A line of the table.
     *
     * @param label 1 right, 0 wrong, ? anything but right
     */
    private record Pair(String label, String answer, String response) {

        boolean isJudgedAsLabelled() {
            OptionalDouble score = VERIFIER.verify(task(answer), response).score();
            return switch (label) {
                case "1" -> score.equals(OptionalDouble.of(1));
                case "0" -> score.equals(OptionalDouble.of(0));
                default -> !score.equals(OptionalDouble.of(1));
            };
        }
    }

    @Test
    void everyPairOfTheTableIsJudgedAsLabelled() throws IOException {
        // Given
        List<Pair> pairs = pairs("pairs.tsv");

        // When
        List<Pair> misjudged =
                pairs.stream().filter(pair -> !pair.isJudgedAsLabelled()).toList();

        // Then
        assertThat(pairs).hasSizeGreaterThan(1700);
        assertThat(misjudged).isEmpty();
    }

    @Test
    void whatAgreesOnlyAtSomeNumbersIsNotRight() throws IOException {
        // Given
        List<Pair> pairs = pairs("pieces.tsv");

        // When
        List<Pair> misjudged =
                pairs.stream().filter(pair -> !pair.isJudgedAsLabelled()).toList();

        // Then
        assertThat(pairs).hasSizeGreaterThan(60);
        assertThat(misjudged).isEmpty();
    }

    @Test
    void whatNeedsComputerAlgebraIsNotJudgedInline() {
        // When
        // Then
        assertThat(VERIFIER.verifyInline(task("x^{n+1}+x^n"), "\\boxed{x^n(x+1)}"))
                .isEmpty();
    }

    @Test
    void mostPairsNeedNoComputerAlgebra() throws IOException {
        // Given
        List<Pair> pairs = pairs("pairs.tsv");

        // When
        long inline = pairs.stream()
                .filter(pair -> VERIFIER.verifyInline(task(pair.answer()), pair.response())
                        .isPresent())
                .count();

        // Then
        assertThat(inline).isGreaterThan(pairs.size() * 99L / 100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\\sin 2x|2\\sin x\\cos x",
                "\\tan\\frac{x}{2}|\\frac{\\sin x}{1+\\cos x}",
                "\\sin\\frac{2\\pi}{7}|2\\sin\\frac{\\pi}{7}\\cos\\frac{\\pi}{7}",
                "\\sec^2 x|1+\\tan^2 x",
                "\\tanh x|\\frac{e^{2x}-1}{e^{2x}+1}",
                "(x-a)^{100}|(a-x)^{100}",
                "\\sqrt[3]{2+\\sqrt5}+\\sqrt[3]{2-\\sqrt5}|1",
                "\\frac{\\pi}{4}|\\arctan\\frac12+\\arctan\\frac13",
                "\\ln(a^2b)|2\\ln a+\\ln b",
                "n!|n(n-1)!",
                "\\frac{n!}{(n-2)!}|n(n-1)",
                "\\binom{n}{k}+\\binom{n}{k-1}|\\binom{n+1}{k}",
                "\\binom{2n}{n}|\\frac{(2n)!}{(n!)^2}",
            })
    void identitiesNeedNoComputerAlgebra(String answer, String response) {
        // When
        // Then
        assertThat(VERIFIER.verifyInline(task(answer), "\\boxed{" + response + "}"))
                .hasValueSatisfying(verdict -> assertThat(verdict).isInstanceOf(Verdict.Correct.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void tasksWithoutAnAnswerAreUnverifiable(String answer) {
        // When
        // Then
        assertThat(VERIFIER.verify(task(answer), "5"))
                .isEqualTo(new Verdict.Unverifiable("input answer is missing", 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\boxed{}", "The answer is \\boxed{ }.", "\\boxed"})
    void tasksWithAnEmptyBoxAreUnverifiable(String answer) {
        // When
        // Then
        assertThat(VERIFIER.verify(task(answer), answer))
                .isEqualTo(new Verdict.Unverifiable("answer is an empty box", 0));
    }

    @Test
    void hugeAnswersAreUnverifiable() {
        // When
        // Then
        assertThat(VERIFIER.invalid(task("1".repeat(3001)))).hasValue("answer is longer than 3000 characters");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "9^{9^{9^9}}|9^{9^{9^{10}}}",
                "(x+y+z)^{50}|(x+y+z)^{49}(x+y+z)",
                "100000!|100000! + 1",
                "\\sum_{k=0}^n k^2|\\sum_{k=0}^n k^3",
                "\\mathbb{Q} \\setminus \\{1\\}|(-\\infty,1) \\cup (1,\\infty)",
            })
    void whatCannotBeDecidedHasNoScore(String answer, String response) {
        // When
        Verdict verdict = VERIFIER.verify(task(answer), response);

        // Then
        assertThat(verdict.score()).isEmpty();
        assertThat(verdict.reason()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9^{9^9}",
                "\\overline{AB}",
                "\\gcd(1,2)",
                "1000001!",
                "5:1",
                "\\sum_{k=0}^5 k",
                "\\sqrt{2^{7919}-1}",
                "(x+y+z)^{90}"
            })
    void anAnswerCannotChooseToHaveNoReward(String response) {
        // When
        // Then
        assertThat(VERIFIER.verify(task("5"), "\\boxed{" + response + "}").score())
                .hasValue(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x^2+1|(x+y+z+w)^{80}",
                "x^2+1|x^{99999999}",
                "x^2+1|(x+1)^{9^9}",
                "\\sqrt{2}+\\sqrt{3}|9^{9^{9^9}}",
                "\\sin"
                        + " x|\\sin(x)+a+b+c+d+f+g+h+j+k+l+m+n+p+q-a-b-c-d-f-g-h-j-k-l-m-n-p-q+\\cos(a+b+c+d+f+g+h+j+k+l+m+n+p)",
                "\\sin x|\\sin(\\sin(x)^{9999})",
                "y=2x+3|y=(x+a+b+c)^{90}",
                "(1,2)|(1,(x+y+z+w)^{80})",
            })
    void anAnswerThatTakesTooMuchIsWrong(String answer, String response) {
        // When
        Verdict verdict = VERIFIER.verify(task(answer), "\\boxed{" + response + "}");

        // Then
        assertThat(verdict).isInstanceOf(Verdict.Incorrect.class);
        assertThat(new MathVerifier().verify(task(answer), "\\boxed{" + response + "}"))
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x^{99999999}|x^{99999998}x",
                "(x+y+z+w)^{80}|(x+y+z+w)^{79}(x+y+z+w)",
                "\\sin(\\sin(x)^{9999})|\\cos(\\frac{\\pi}{2}-\\sin(x)^{9999})",
            })
    void aRightAnswerThatTakesTooMuchIsUnverifiable(String answer, String response) {
        // When
        // Then
        assertThat(VERIFIER.verify(task(answer), "\\boxed{" + response + "}")).isInstanceOf(Verdict.Unverifiable.class);
    }

    @Test
    void anAnswerThatIsSlowForComputerAlgebraIsTimedOut() {
        // Given
        try (SymjaEngine hasty = new SymjaEngine(0)) {
            // When
            Verdict verdict = new MathVerifier(hasty).verify(task("x^{n+1}+x^n"), "\\boxed{x^n(x+1)}");

            // Then
            assertThat(verdict).isInstanceOf(Verdict.TimedOut.class);
            assertThat(verdict.score()).isEmpty();
        }
    }

    @Test
    void aNumberOfTooManyDigitsIsWrong() {
        // When
        // Then
        assertThat(VERIFIER.verify(task("5"), "\\boxed{" + "1".repeat(2001) + "}")
                        .score())
                .hasValue(0);
    }

    @Test
    void rightAnswersMayComeAsWholeSolutions() {
        // When
        // Then
        assertThat(VERIFIER.verify(task("3 * 6 = 18\n#### 18"), "18").score()).hasValue(1);
        assertThat(VERIFIER.verify(task("We get $\\boxed{\\frac12}$."), "0.5").score())
                .hasValue(1);
    }

    @Test
    void reasonsShowTheAnswerThatWasFound() {
        // When
        // Then
        assertThat(VERIFIER.verify(task("5"), "I think \\boxed{6}").reason()).isEqualTo("answers 6");
        assertThat(VERIFIER.verify(task("5"), "").reason()).isEqualTo("has no answer");
    }

    @Test
    void theSameAnswerGetsTheSameVerdictAndOperations() {
        // Given
        String response = "\\boxed{\\sqrt{3}+\\sqrt{2}}";

        // When
        Verdict first = VERIFIER.verify(task("\\sqrt{5+2\\sqrt{6}}"), response);

        // Then
        assertThat(first).isInstanceOf(Verdict.Correct.class);
        assertThat(new MathVerifier().verify(task("\\sqrt{5+2\\sqrt{6}}"), response))
                .isEqualTo(first);
    }

    private static List<Pair> pairs(String table) throws IOException {
        try (InputStream file = Objects.requireNonNull(MathVerifierTest.class.getResourceAsStream(table))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .map(cells -> new Pair(cells[0], cells[1], cells[2].replace('\u23CE', '\n')))
                    .toList();
        }
    }

    private static TaskInputs task(String answer) {
        return new TaskInputs("t/0", "math", "", Map.of("answer", answer));
    }
}
