package dev.tracerl.verifiers.sudoku;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SudokuVerifierTest {

    private static final SudokuVerifier VERIFIER = new SudokuVerifier();
    private static final String GIVENS = "3102200002100320";
    private static final String SOLUTION = "3142243142131324";

    static List<SudokuPuzzle> puzzles() {
        return PublicSudoku.puzzles();
    }

    @Test
    void thereAre288Grids() {
        // Then
        assertThat(SudokuGrids.ALL).hasSize(288).doesNotHaveDuplicates().contains(SOLUTION);
    }

    @ParameterizedTest
    @MethodSource("puzzles")
    void publishedSolutionsAreCorrect(SudokuPuzzle puzzle) {
        // When
        Verdict verdict = VERIFIER.verify(puzzle.task("test/0"), puzzle.solution());

        // Then
        assertThat(verdict).isInstanceOf(Verdict.Correct.class);
        assertThat(verdict.operations()).isBetween(289L, 576L);
    }

    @Test
    void everyValidCompletionIsCorrect() {
        // Given
        String empty = "0".repeat(16);

        // Then
        assertThat(SudokuGrids.ALL)
                .allSatisfy(
                        grid -> assertThat(VERIFIER.verify(task(empty), grid)).isInstanceOf(Verdict.Correct.class));
    }

    @ParameterizedTest
    @CsvSource({"3142243142131321,7", "3112243142131321,6", "3142211112111321,3"})
    void scoreIsTheShareOfBlanksThatAreRight(String answer, double right) {
        // When
        Verdict verdict = VERIFIER.verify(task(GIVENS), answer);

        // Then
        assertThat(verdict).isInstanceOf(Verdict.Partial.class);
        assertThat(verdict.score()).hasValue(right / 8);
        assertThat(verdict.reason()).isEqualTo((int) right + " of 8 blanks are right");
    }

    @Test
    void scoreIsTheBestOverAllCompletions() {
        // Given
        String twoCompletions = SudokuGrids.ALL.get(0).substring(0, 8) + "0".repeat(8);
        String other = SudokuGrids.completions(twoCompletions).get(1);
        String nearOther = other.substring(0, 15) + (char) (other.charAt(15) == '1' ? '2' : other.charAt(15) - 1);

        // When
        Verdict verdict = VERIFIER.verify(task(twoCompletions), nearOther);

        // Then
        assertThat(verdict.score()).hasValue(7.0 / 8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "314224314213132", // a digit short
                "31422431421313244", // a digit too many
                "3142243142131320", // a blank left
                "3142243142131325", // no such digit
                " 142243142131324",
                "3142243142131324 ",
                "1142243142131324", // changes a given
                "३१४२२४३१४२१३१३२४" // digits of another script
            })
    void anythingButSixteenDigitsThatKeepTheGivensIsIncorrect(String answer) {
        // When
        Verdict verdict = VERIFIER.verify(task(GIVENS), answer);

        // Then
        assertThat(verdict).isInstanceOf(Verdict.Incorrect.class);
        assertThat(verdict.score()).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I fill the rows. \\boxed{3142243142131324}",
                "\\boxed{3142\\,2431\\,4213\\,1324}",
                "$\\boxed{\\begin{array}{cccc}3&1&4&2\\\\2&4&3&1\\\\4&2&1&3\\\\1&3&2&4\\end{array}}$",
                "<answer>3142243142131324</answer>",
                "<answer>\n3142\n2431\n4213\n1324\n</answer>",
                "<think>1111111111111111</think>Done: <answer>3142 2431 4213 1324</answer>",
                "The solution:\n```\n3142\n2431\n4213\n1324\n```\nEvery row has 1 to 4.",
                "```text\n3 1 | 4 2\n2 4 | 3 1\n----+----\n4 2 | 1 3\n1 3 | 2 4\n```",
                "The completed grid is:\n3142\n2431\n\n4213\n1324\n",
                "First row 3142.\nSo I get 3142243142131324.",
                "The answer is 3142243142131324.",
                "#### 3142243142131324",
                "3142243142131324\n",
                "\\boxed{3142243142131324} and again \\boxed{3142243142131324}",
            })
    void theGridThatProseGivesIsJudged(String response) {
        // When
        Verdict verdict = VERIFIER.verify(task(GIVENS), response);

        // Then
        assertThat(verdict).isEqualTo(VERIFIER.verify(task(GIVENS), SOLUTION));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\boxed{3142243142131324} or \\boxed{3142243142131321}",
                "<answer>3142243142131324</answer><answer>3142243142131321</answer>",
                "```\n3142243142131324\n```\n```\n3142243142131321\n```",
                "It is 3142243142131324 or 3142243142131321",
                "3142243142131324\n3142243142131321",
                "3142\n2431\n4213\n1324\n3142",
                "\\boxed{done} 3142243142131324",
                "It is not 3142243142131324",
                "It is 3142243142131324.\nI am sure.",
                "\\boxed{3142a2431b4213c1324}",
            })
    void proseThatGivesSeveralGridsOrNoneIsIncorrect(String response) {
        // When
        // Then
        assertThat(VERIFIER.verify(task(GIVENS), response)).isInstanceOf(Verdict.Incorrect.class);
    }

    @Test
    void aGridInProseMayBeRightInPart() {
        // When
        Verdict verdict = VERIFIER.verify(task(GIVENS), "I say \\boxed{3142243142131321}");

        // Then
        assertThat(verdict.score()).hasValue(7.0 / 8);
    }

    @ParameterizedTest
    @CsvSource({
        "310220000210032, givens must be 16 digits from 0 to 4",
        "5102200002100320, givens must be 16 digits from 0 to 4",
        "1100000000000000, givens have no completion"
    })
    void malformedPuzzlesAreUnverifiable(String givens, String reason) {
        // When
        Verdict verdict = VERIFIER.verify(task(givens), SOLUTION);

        // Then
        assertThat(verdict).isEqualTo(new Verdict.Unverifiable(reason, 0));
    }

    @Test
    void missingGivensAreUnverifiable() {
        // When
        Verdict verdict = VERIFIER.verify(new TaskInputs("t/0", "sudoku", "", Map.of()), SOLUTION);

        // Then
        assertThat(verdict).isEqualTo(new Verdict.Unverifiable("input givens is missing", 0));
    }

    private static TaskInputs task(String givens) {
        return new TaskInputs("t/0", SudokuVerifier.KIND, givens, Map.of(SudokuVerifier.GIVENS, givens));
    }
}
