package dev.tracerl.verifiers.math;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The 1,319 answers of the public GSM8K test set, each written in ten ways; docs/verifiers.md shows the table. */
class GradeSchoolAnswersTest {

    private static final Map<String, Function<BigInteger, String>> FORMS = new LinkedHashMap<>();

    static {
        FORMS.put("after ####", n -> "So the total is " + n + ".\n#### " + n);
        FORMS.put("boxed", n -> "Thus the result is $\\boxed{" + n + "}$.");
        FORMS.put("decimal", n -> "The answer is " + n + ".00");
        FORMS.put("fraction", n -> "\\boxed{\\frac{" + n.multiply(BigInteger.valueOf(4)) + "}{4}}");
        FORMS.put("thousands separators", n -> "The answer is " + String.format(Locale.US, "%,d", n) + ".");
        FORMS.put(
                "LaTeX separators",
                n -> "\\boxed{" + String.format(Locale.US, "%,d", n).replace(",", "{,}") + "}");
        FORMS.put("currency", n -> "The answer is \\$" + String.format(Locale.US, "%,d", n) + ".00.");
        FORMS.put("unit", n -> "The final answer is $" + n + "\\text{ apples}$. I hope it is correct.");
        FORMS.put("words around", n -> "3 + 4 = 7, and so on.\nTherefore, she needs " + n + " of them in all.");
        FORMS.put("equation", n -> "We find\n\\[ x = 2 \\cdot 3 - 6 + " + n + " = " + n + " \\]");
    }

    private final MathVerifier verifier = SharedVerifier.VERIFIER;

    @Test
    void everyAnswerIsRightInEveryForm() throws IOException {
        for (String answer : answers()) {
            for (Map.Entry<String, Function<BigInteger, String>> form : FORMS.entrySet()) {
                // When
                Verdict verdict = judge(answer, form.getValue().apply(number(answer)));

                // Then
                assertThat(verdict).as(form.getKey() + " of " + answer).isInstanceOf(Verdict.Correct.class);
            }
        }
    }

    @Test
    void noChangedNumberIsRightInAnyForm() throws IOException {
        for (String answer : answers()) {
            for (BigInteger other : changed(number(answer))) {
                for (Map.Entry<String, Function<BigInteger, String>> form : FORMS.entrySet()) {
                    // When
                    Verdict verdict = judge(answer, form.getValue().apply(other));

                    // Then
                    assertThat(verdict)
                            .as(form.getKey() + " of " + other + " for " + answer)
                            .isInstanceOf(Verdict.Incorrect.class);
                }
            }
        }
    }

    /** One more, the other sign, ten times as much. */
    private static List<BigInteger> changed(BigInteger answer) {
        return List.of(answer.add(BigInteger.ONE), answer.negate(), answer.multiply(BigInteger.TEN)).stream()
                .filter(other -> !other.equals(answer))
                .toList();
    }

    private Verdict judge(String answer, String response) {
        return verifier.verifyInline(new TaskInputs("gsm8k/0", "math", "", Map.of("answer", answer)), response)
                .orElseThrow();
    }

    private static BigInteger number(String answer) {
        return new BigInteger(answer.replace(",", ""));
    }

    private static List<String> answers() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(GradeSchoolAnswersTest.class.getResourceAsStream("gsm8k_answers.txt"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
