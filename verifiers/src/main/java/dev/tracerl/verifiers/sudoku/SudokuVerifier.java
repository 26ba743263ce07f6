package dev.tracerl.verifiers.sudoku;

import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import dev.tracerl.verifiers.Verifier;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Judges completions of a four by four sudoku. Input {@code givens}: 16 digits row by row, 0 for a blank. The answer must
 * be exactly 16 digits from 1 to 4 that keep the givens, by themselves or as the one grid that a response in prose boxes,
 * tags, fences or ends with; any valid completion is correct, otherwise the score is the
 * largest share of blanks that are right in one valid completion. An operation is one comparison with a full grid.
 */
public final class SudokuVerifier implements Verifier {

    /** The kind of task. */
    public static final String KIND = "sudoku";

    /** Name of the only input. */
    public static final String GIVENS = "givens";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String version() {
        return "3";
    }

    @Override
    public Optional<String> invalid(TaskInputs task) {
        Optional<String> givens = task.input(GIVENS);
        if (givens.isEmpty()) {
            return Optional.of("input givens is missing");
        }
        if (!SudokuGrids.wellFormed(givens.get(), SudokuGrids.BLANK)) {
            return Optional.of("givens must be 16 digits from 0 to 4");
        }
        return SudokuGrids.ALL.stream().anyMatch(grid -> SudokuGrids.agrees(givens.get(), grid))
                ? Optional.empty()
                : Optional.of("givens have no completion");
    }

    @Override
    public Verdict verify(TaskInputs task, String answer) {
        Optional<String> invalid = invalid(task);
        if (invalid.isPresent()) {
            return new Verdict.Unverifiable(invalid.get(), 0);
        }
        String givens = task.inputs().getOrDefault(GIVENS, "");
        if (SudokuGrids.wellFormed(answer, '1')) {
            return grid(givens, answer);
        }
        Set<String> grids = ResponseGrids.isBare(answer) ? Set.of() : ResponseGrids.of(answer);
        if (grids.size() > 1) {
            return new Verdict.Incorrect("gives " + grids.size() + " different grids", 0);
        }
        return grids.stream()
                .findFirst()
                .map(found -> grid(givens, found))
                .orElseGet(() -> new Verdict.Incorrect("answer is not 16 digits from 1 to 4", 0));
    }

    private static Verdict grid(String givens, String answer) {
        if (!SudokuGrids.agrees(givens, answer)) {
            return new Verdict.Incorrect("answer changes a given", 0);
        }
        return judge(givens, answer);
    }

    private static Verdict judge(String givens, String answer) {
        List<String> completions = SudokuGrids.completions(givens);
        long operations = (long) SudokuGrids.ALL.size() + completions.size();
        int blanks = 0;
        for (int i = 0; i < SudokuGrids.CELLS; i++) {
            blanks += givens.charAt(i) == SudokuGrids.BLANK ? 1 : 0;
        }
        int best = 0;
        for (String grid : completions) {
            best = Math.max(best, blanks - distance(grid, answer));
        }
        return best == blanks
                ? new Verdict.Correct(operations)
                : new Verdict.Partial((double) best / blanks, best + " of " + blanks + " blanks are right", operations);
    }

    /** Number of cells in which two grids differ. */
    private static int distance(String a, String b) {
        int distance = 0;
        for (int i = 0; i < SudokuGrids.CELLS; i++) {
            distance += a.charAt(i) == b.charAt(i) ? 0 : 1;
        }
        return distance;
    }
}
