package dev.tracerl.verifiers.sudoku;

import dev.tracerl.verifiers.TaskInputs;
import java.util.Map;

/**
 * A puzzle with one of its solutions, each 16 digits row by row.
 *
 * @param givens digits 1 to 4, 0 for a blank
 * @param solution a full grid that agrees with the givens
 */
public record SudokuPuzzle(String givens, String solution) {

    public SudokuPuzzle {
        if (!SudokuGrids.wellFormed(givens, SudokuGrids.BLANK)) {
            throw new IllegalArgumentException("givens are " + givens + ", must be 16 digits from 0 to 4");
        }
        if (!SudokuGrids.ALL.contains(solution) || !SudokuGrids.agrees(givens, solution)) {
            throw new IllegalArgumentException("solution " + solution + " does not complete " + givens);
        }
    }

    /** Number of blank cells. */
    public int blanks() {
        return (int) givens.chars().filter(c -> c == SudokuGrids.BLANK).count();
    }

    /** The task of completing this puzzle; the prompt is the givens. */
    public TaskInputs task(String taskId) {
        return new TaskInputs(taskId, SudokuVerifier.KIND, givens, Map.of(SudokuVerifier.GIVENS, givens));
    }
}
