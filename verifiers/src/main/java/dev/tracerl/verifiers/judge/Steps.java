package dev.tracerl.verifiers.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a response apart into steps that follow each other without a gap. */
final class Steps {

    /** Further steps are one with the last. */
    static final int MAX = 64;

    private static final Pattern PARAGRAPHS = Pattern.compile("\\n[ \\t\\r]*\\n\\s*");
    private static final Pattern LINES = Pattern.compile("\\n\\s*");

    private Steps() {}

    /**
     * Index of the character after the last one of each step: the blanks after a step are its own, those before the first
     * step too. At least one for a text that is not blank.
     */
    static List<Integer> ends(String text, JudgeTask.Split split) {
        Matcher gap = (split == JudgeTask.Split.LINES ? LINES : PARAGRAPHS).matcher(text);
        List<Integer> ends = new ArrayList<>();
        while (ends.size() < MAX - 1 && gap.find()) {
            int start = ends.isEmpty() ? 0 : ends.get(ends.size() - 1);
            boolean more = gap.end() < text.length();
            if (more && !text.substring(start, gap.start()).isBlank()) {
                ends.add(gap.end());
            }
        }
        ends.add(text.length());
        return List.copyOf(ends);
    }
}
