package dev.tracerl.verifiers.sudoku;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.verifiers.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SudokuGeneratorTest {

    private static final Set<String> TEST =
            PublicSudoku.puzzles().stream().map(SudokuPuzzle::givens).collect(Collectors.toSet());

    @Test
    void publicSetHas500PuzzlesWithEightBlanks() {
        // When
        List<SudokuPuzzle> puzzles = PublicSudoku.puzzles();

        // Then
        assertThat(puzzles).hasSize(500).allMatch(puzzle -> puzzle.blanks() == 8);
        assertThat(puzzles.get(0)).isEqualTo(new SudokuPuzzle("3102200002100320", "3142243142131324"));
    }

    @Test
    void trainingAndValidationPuzzlesAreDisjointFromAllTestPuzzlesAndFromEachOther() {
        // Given
        SudokuGenerator generator = new SudokuGenerator(7, new BlankRange(8, 8), TEST);

        // When
        List<SudokuPuzzle> training = generator.next(20_000);
        List<SudokuPuzzle> validation = generator.next(1000);

        // Then
        Set<String> seen = new HashSet<>(TEST);
        training.forEach(puzzle -> assertThat(seen.add(puzzle.givens())).isTrue());
        validation.forEach(puzzle -> assertThat(seen.add(puzzle.givens())).isTrue());
        assertThat(seen).hasSize(500 + 21_000);
    }

    @Test
    void solutionsAreCorrect() {
        // Given
        SudokuVerifier verifier = new SudokuVerifier();

        // When
        List<SudokuPuzzle> puzzles = new SudokuGenerator(1, new BlankRange(1, 16), Set.of()).next(500);

        // Then
        assertThat(puzzles)
                .allSatisfy(puzzle -> assertThat(verifier.verify(puzzle.task("t/0"), puzzle.solution()))
                        .isInstanceOf(Verdict.Correct.class));
    }

    @Test
    void blanksFillTheRangeEvenlyOverAllCells() {
        // When
        List<SudokuPuzzle> puzzles = new SudokuGenerator(1, new BlankRange(4, 6), Set.of()).next(6000);

        // Then
        for (int blanks = 4; blanks <= 6; blanks++) {
            int number = blanks;
            assertThat(puzzles.stream()
                            .filter(puzzle -> puzzle.blanks() == number)
                            .count())
                    .isBetween(1850L, 2150L);
        }
        for (int cell = 0; cell < 16; cell++) {
            int position = cell;
            assertThat(puzzles.stream()
                            .filter(puzzle -> puzzle.givens().charAt(position) == '0')
                            .count())
                    .isBetween(1700L, 2050L); // 6000 * 5 / 16 = 1875
        }
    }

    @Test
    void oneSeedGivesTheSamePuzzles() {
        // When
        List<SudokuPuzzle> first = new SudokuGenerator(3, new BlankRange(4, 8), TEST).next(50);
        List<SudokuPuzzle> again = new SudokuGenerator(3, new BlankRange(4, 8), TEST).next(50);
        List<SudokuPuzzle> other = new SudokuGenerator(4, new BlankRange(4, 8), TEST).next(50);

        // Then
        assertThat(first).isEqualTo(again).isNotEqualTo(other);
        assertThat(first.get(0)).isEqualTo(new SudokuPuzzle("0134042140121240", "2134342143121243"));
    }

    @Test
    void exhaustedRangeIsReported() {
        // Given
        SudokuGenerator generator = new SudokuGenerator(1, new BlankRange(16, 16), Set.of());

        // When
        // Then
        assertThatThrownBy(() -> generator.next(2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("no new puzzle with 16 to 16 blanks");
    }

    @Test
    void impossibleArgumentsAreRefused() {
        // When
        // Then
        assertThatThrownBy(() -> new BlankRange(0, 3))
                .hasMessage("min is 0 and max is 3, must satisfy 1 <= min <= max <= 16");
        assertThatThrownBy(() -> new SudokuPuzzle("3102200002100320", "3142243142131321"))
                .hasMessage("solution 3142243142131321 does not complete 3102200002100320");
        assertThatThrownBy(() -> new SudokuPuzzle("31", "3142243142131321"))
                .hasMessage("givens are 31, must be 16 digits from 0 to 4");
    }
}
