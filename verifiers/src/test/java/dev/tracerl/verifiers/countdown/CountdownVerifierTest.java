package dev.tracerl.verifiers.countdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CountdownVerifierTest {

    private static final CountdownVerifier VERIFIER = new CountdownVerifier();

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "30,100,93; 23; 30+93-100",
                "30,100,93; 23; 30-(100-93)",
                "30,100,93; 23;  ( 30 + 93 ) - 100 ",
                "30,100,93; -37; 93-100-30",
                "8,3,3; 8; 8/3*3", // exact although 8/3 is not whole
                "6,4,3,1; 24; 6/(1-3/4)",
                "2,2,2; 6; 2+2*2",
                "2,3,4; 10; 2*3+4",
                "100; 100; ((((100))))",
                "0,5,7; 7; 0/5+7"
            })
    void expressionsThatReachTheTargetAreCorrect(String numbers, String target, String answer) {
        // When
        Verdict verdict = VERIFIER.verify(task(numbers, target, "all"), answer);

        // Then
        assertThat(verdict).isInstanceOf(Verdict.Correct.class);
        assertThat(verdict.operations()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "30+93-100+0; uses 0 more often than it is given",
                "30+30-37; uses 30 more often than it is given",
                "93-30; does not use [100]",
                "30+93+100; value is 223, not 23",
                "30/93*100; value is 1000/31, not 23",
                "23; uses 23 more often than it is given",
                "30+93-100=23; unexpected text at 9",
                "30+93-; expected a number of at most 9 digits at 6",
                "-30+93; expected a number of at most 9 digits at 0",
                "(30+93-100; missing ) at 10",
                "30+93)-100; unexpected text at 5",
                "30 93 100; unexpected text at 3",
                "30.0+93-100; unexpected text at 2",
                "100/(93-93); division by zero",
                "1000000000+1; expected a number of at most 9 digits at 0"
            })
    void everythingElseIsIncorrectWithTheReason(String answer, String reason) {
        // When
        Verdict verdict = VERIFIER.verify(task("30,100,93", "23", "all"), answer);

        // Then
        assertThat(verdict).isInstanceOf(Verdict.Incorrect.class);
        assertThat(verdict.reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\boxed{30+93-100}",
                "\\boxed{30+93-100=23}",
                "$\\boxed{\\left(30 + 93\\right) - 100}$",
                "First 30+93 = 123.\n<answer>(30 + 93) - 100</answer>",
                "<think>30*93?</think>\n<answer>30+93-100 = 23</answer>",
                "Here it is:\n```\n30 + 93 - 100\n```",
                "```text\n(93+30)-100 = 23\n```\nwhich is 23.",
                "The answer is 30 + 93 - 100.",
                "The answer is: **(30+93)-100 = 23**",
                "30 and 93 make 123.\nSo 30 + 93 - 100 = 23.",
                "30+93-100\n",
                "30 + 93 \u2212 100",
                "#### 30+93-100",
                "\\boxed{30+93-100} or \\boxed{93+30-100}",
            })
    void theExpressionThatProseGivesIsJudged(String response) {
        // When
        // Then
        assertThat(VERIFIER.verify(task("30,100,93", "23", "all"), response)).isInstanceOf(Verdict.Correct.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\\boxed{4 \\times 5}; 4,5; 20",
                "\\boxed{\\frac{20}{5}}; 20,5; 4",
                "\\boxed{\\dfrac{20}{4+1}}; 20,4,1; 4",
                "So 20 \u00f7 5 \u00d7 3 = 12; 20,5,3; 12",
            })
    void operatorsMayBeWrittenAsModelsWriteThem(String response, String numbers, String target) {
        // When
        // Then
        assertThat(VERIFIER.verify(task(numbers, target, "all"), response)).isInstanceOf(Verdict.Correct.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\boxed{30+93-100} or \\boxed{30-93+100}",
                "\\boxed{23}",
                "\\boxed{30+93-100=24}",
                "<answer>30+93-100</answer><answer>30*93-100</answer>",
                "It is 30+93-100 or 30*93-100",
                "30 + 93 = 123, and 123 - 100 = 23",
                "The answer is not 30+93-100",
                "```\n30+93-100\n30*93-100\n```",
                "30+93-100\nI am sure.",
                "\\boxed{30+93-100, 30*93-100}",
                "<answer>30+93-100=23=23</answer>",
                "So 30+93-100^1.",
                "So 30+93-100!",
                "So 30+93-100%.",
                "So sqrt(30+93-100)",
                "So abs(30+93-100)",
                "So 30+93-100\u00b2.",
                "So 30+93-100\u200b0.",
                "Try 30+93-100; 93+30-100; (30+93)-100; (93+30)-100; 30-100+93",
            })
    void proseThatGivesSeveralExpressionsOrAWrongOneIsIncorrect(String response) {
        // When
        // Then
        assertThat(VERIFIER.verify(task("30,100,93", "23", "all"), response)).isInstanceOf(Verdict.Incorrect.class);
    }

    @Test
    void almostReachingTheTargetIsIncorrect() {
        // When
        Verdict verdict = VERIFIER.verify(task("999999999,3,333333333", "0", "all"), "999999999/3-333333333");
        Verdict near = VERIFIER.verify(task("100000000,3,33333333", "0", "all"), "100000000/3-33333333");

        // Then
        assertThat(verdict).isInstanceOf(Verdict.Correct.class);
        assertThat(near).isInstanceOf(Verdict.Incorrect.class);
    }

    @Test
    void numbersMayBeLeftOutWhereTheTaskSaysSo() {
        // When
        Verdict some = VERIFIER.verify(task("30,100,93", "63", "some"), "93-30");
        Verdict twice = VERIFIER.verify(task("30,100,93", "60", "some"), "30+30");

        // Then
        assertThat(some).isInstanceOf(Verdict.Correct.class);
        assertThat(twice).isInstanceOf(Verdict.Incorrect.class);
    }

    @Test
    void everyNumberIsNeededByDefault() {
        // Given
        TaskInputs task =
                new TaskInputs("t/0", CountdownVerifier.KIND, "", Map.of("numbers", "30,100,93", "target", "63"));

        // When
        Verdict verdict = VERIFIER.verify(task, "93-30");

        // Then
        assertThat(verdict.reason()).isEqualTo("does not use [100]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30;93", "30,,93", "30,-93", "1,2,3,4,5,6,7,8,9", "1234567890", "a"})
    void malformedNumbersAreUnverifiable(String numbers) {
        // When
        Verdict verdict = VERIFIER.verify(task(numbers, "23", "all"), "30");

        // Then
        assertThat(verdict)
                .isEqualTo(new Verdict.Unverifiable(
                        "numbers must be 1 to 8 integers of at most 9 digits, separated by commas", 0));
    }

    @Test
    void otherMalformedInputsAreUnverifiable() {
        // When
        Verdict target = VERIFIER.verify(task("1,2", "1.5", "all"), "1+2");
        Verdict use = VERIFIER.verify(task("1,2", "3", "most"), "1+2");
        Verdict missing = VERIFIER.verify(new TaskInputs("t/0", "countdown", "", Map.of()), "1+2");

        // Then
        assertThat(target.reason()).isEqualTo("target must be an integer of at most 9 digits");
        assertThat(use.reason()).isEqualTo("use must be all or some");
        assertThat(missing.reason()).isEqualTo("input numbers is missing");
    }

    private static TaskInputs task(String numbers, String target, String use) {
        return new TaskInputs(
                "t/0", CountdownVerifier.KIND, "", Map.of("numbers", numbers, "target", target, "use", use));
    }
}
