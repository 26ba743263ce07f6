package dev.tracerl.verifiers.sudoku;

/**
 * How many of the 16 cells are blank.
 *
 * @param min at least 1
 * @param max at least {@code min}, at most 16
 */
public record BlankRange(int min, int max) {

    public BlankRange {
        if (min < 1 || min > max || max > SudokuGrids.CELLS) {
            throw new IllegalArgumentException(
                    "min is " + min + " and max is " + max + ", must satisfy 1 <= min <= max <= 16");
        }
    }
}
