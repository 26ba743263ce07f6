package dev.tracerl.verifiers.sudoku;

import dev.tracerl.verifiers.TestSet;
import java.util.List;

/** The public test puzzles that work on diffusion language models reports: 500, each with eight blanks. */
public final class PublicSudoku {

    private PublicSudoku() {}

    /** All puzzles, in the order of the published file. */
    public static List<SudokuPuzzle> puzzles() {
        return TestSet.lines("sudoku4x4_test.csv").stream()
                .skip(1) // the heading
                .map(line -> line.split(","))
                .map(cells -> new SudokuPuzzle(cells[0], cells[1]))
                .toList();
    }
}
