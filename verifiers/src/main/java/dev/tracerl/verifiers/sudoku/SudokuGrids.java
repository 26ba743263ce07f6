package dev.tracerl.verifiers.sudoku;

import java.util.ArrayList;
import java.util.List;

/** The 288 full grids: digits 1 to 4, each once in every row, column and box, written row by row. */
final class SudokuGrids {

    static final int CELLS = 16;
    static final char BLANK = '0';

    /** All of them, in lexical order. */
    static final List<String> ALL = enumerate();

    private SudokuGrids() {}

    /** The full grids that agree with all givens. */
    static List<String> completions(String givens) {
        List<String> completions = new ArrayList<>();
        for (String grid : ALL) {
            if (agrees(givens, grid)) {
                completions.add(grid);
            }
        }
        return completions;
    }

    /** Whether {@code cells} has all givens in place. */
    static boolean agrees(String givens, String cells) {
        for (int i = 0; i < CELLS; i++) {
            if (givens.charAt(i) != BLANK && givens.charAt(i) != cells.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the text has 16 digits from {@code smallest} to 4. */
    static boolean wellFormed(String text, char smallest) {
        return text.length() == CELLS && text.chars().allMatch(c -> c >= smallest && c <= '4');
    }

    private static List<String> enumerate() {
        List<String> grids = new ArrayList<>();
        extend(new StringBuilder(), grids);
        return List.copyOf(grids);
    }

    private static void extend(StringBuilder grid, List<String> grids) {
        if (grid.length() == CELLS) {
            grids.add(grid.toString());
            return;
        }
        for (char digit = '1'; digit <= '4'; digit++) {
            if (fits(grid, digit)) {
                grid.append(digit);
                extend(grid, grids);
                grid.setLength(grid.length() - 1);
            }
        }
    }

    private static boolean fits(CharSequence grid, char digit) {
        int cell = grid.length();
        for (int other = 0; other < cell; other++) {
            if (grid.charAt(other) == digit && related(cell, other)) {
                return false;
            }
        }
        return true;
    }

    private static boolean related(int a, int b) {
        return a / 4 == b / 4 || a % 4 == b % 4 || box(a) == box(b);
    }

    private static int box(int cell) {
        return cell / 8 * 2 + cell % 4 / 2;
    }
}
