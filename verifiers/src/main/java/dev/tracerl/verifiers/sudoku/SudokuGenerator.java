package dev.tracerl.verifiers.sudoku;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Draws distinct puzzles: a full grid, a number of blanks within a range and their cells, all uniform. A puzzle may have
 * several solutions. The same seed gives the same puzzles on every JVM. Not thread-safe.
 */
public final class SudokuGenerator {

    private static final int ATTEMPTS = 100_000;

    private final SplittableRandom random;
    private final BlankRange blanks;
    private final Set<String> used;

    /**
     * Creates a generator.
     *
     * @param seed decides all puzzles
     * @param blanks how many cells are blank
     * @param excluded givens that are never drawn, for example those of test puzzles
     */
    public SudokuGenerator(long seed, BlankRange blanks, Set<String> excluded) {
        this.random = new SplittableRandom(seed);
        this.blanks = blanks;
        this.used = new HashSet<>(excluded);
    }

    /**
     * Draws the next puzzles; none is ever drawn twice by one generator.
     *
     * @throws IllegalStateException if there are too few other puzzles in the range
     */
    public List<SudokuPuzzle> next(int count) {
        List<SudokuPuzzle> puzzles = new ArrayList<>();
        while (puzzles.size() < count) {
            puzzles.add(next());
        }
        return List.copyOf(puzzles);
    }

    private SudokuPuzzle next() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            SudokuPuzzle puzzle = draw();
            if (used.add(puzzle.givens())) {
                return puzzle;
            }
        }
        throw new IllegalStateException("no new puzzle with " + blanks.min() + " to " + blanks.max() + " blanks in "
                + ATTEMPTS + " attempts; " + used.size() + " are used or excluded");
    }

    private SudokuPuzzle draw() {
        String solution = SudokuGrids.ALL.get(random.nextInt(SudokuGrids.ALL.size()));
        int left = random.nextInt(blanks.min(), blanks.max() + 1);
        StringBuilder givens = new StringBuilder(solution);
        for (int cell = 0; cell < SudokuGrids.CELLS; cell++) {
            // Each cell is blank with the share of blanks among the cells left: every subset is equally likely.
            if (random.nextInt(SudokuGrids.CELLS - cell) < left) {
                givens.setCharAt(cell, SudokuGrids.BLANK);
                left--;
            }
        }
        return new SudokuPuzzle(givens.toString(), solution);
    }
}
