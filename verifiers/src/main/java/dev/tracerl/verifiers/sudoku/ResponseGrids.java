package dev.tracerl.verifiers.sudoku;

import dev.tracerl.verifiers.text.Denial;
import dev.tracerl.verifiers.text.FinalTexts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Finds the grids that a response in prose gives as its answer. */
final class ResponseGrids {

    /** What stands around the digits of a grid: blanks, lines of a table, brackets, LaTeX. */
    private static final Pattern FRAME = Pattern.compile(
            "\\\\(?:begin|end)\\{[a-z]*}(?:\\{[^{}]*})?|\\\\(?:hline|quad|text|left|right)|[\\s|+\\-&\\\\,;.\\[\\](){}$*_`'\":=]");

    private static final Pattern INLINE = Pattern.compile("(?<![0-9])[1-4]{16}(?![0-9])");

    private ResponseGrids() {}

    /** Whether a response is a grid or a failed one, rather than prose. */
    static boolean isBare(String response) {
        return response.chars().allMatch(c -> c == ' ' || (c >= '0' && c <= '9'));
    }

    /** The different full grids of a response. */
    static Set<String> of(String response) {
        FinalTexts found = FinalTexts.of(response);
        Set<String> grids = new LinkedHashSet<>();
        for (String text : found.texts()) {
            (found.isMarked() ? List.of(text) : places(text)).forEach(place -> {
                String digits = FRAME.matcher(place).replaceAll("");
                if (SudokuGrids.wellFormed(digits, '1')) {
                    grids.add(digits);
                }
            });
        }
        return grids;
    }

    /** Grids within the last line that has words, or the lines without words at the end, which are one grid. */
    private static List<String> places(String prose) {
        String[] lines = prose.split("\\n");
        List<String> rows = new ArrayList<>();
        int line = lines.length - 1;
        while (line >= 0 && lines[line].chars().noneMatch(Character::isLetter)) {
            rows.add(0, lines[line--]);
        }
        if (!rows.isEmpty() || line < 0) {
            return List.of(String.join("\n", rows));
        }
        String sentence = lines[line];
        return INLINE.matcher(sentence)
                .results()
                .filter(grid -> !Denial.isAround(sentence, grid.start(), grid.end()))
                .map(MatchResult::group)
                .toList();
    }
}
