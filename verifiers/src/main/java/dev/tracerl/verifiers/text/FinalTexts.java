package dev.tracerl.verifiers.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The texts in which a response gives its final answer, by the strongest mark that it has: boxes, {@code <answer>} tags, fenced
 * blocks, ####, "the answer is", the end. All texts with that mark, so that a response cannot give several answers.
 *
 * @param isMarked whether each text is an answer and nothing else; if not, it is prose in which to look for one
 * @param texts in the order of the response, at least one
 */
public record FinalTexts(boolean isMarked, List<String> texts) {

    /** Longest prose that is searched. */
    public static final int MAX_PROSE = 1_000;

    private static final Pattern TAG = Pattern.compile("<answer>([^<]*)(?:</answer>|$)", Pattern.CASE_INSENSITIVE);
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]+[ \\t]*\\r?\\n");
    private static final String FENCE = "```";

    public FinalTexts {
        texts = List.copyOf(texts);
    }

    /** Reads a response. */
    public static FinalTexts of(String response) {
        String text = FinalAnswer.visible(response);
        FinalAnswer found = FinalAnswer.of(response);
        if (found.mark() == FinalAnswer.Mark.BOXED) {
            return new FinalTexts(true, found.candidates());
        }
        List<String> tagged =
                TAG.matcher(text).results().map(tag -> tag.group(1)).toList();
        if (!tagged.isEmpty()) {
            return new FinalTexts(true, tagged);
        }
        List<String> fenced = fenced(text);
        if (!fenced.isEmpty()) {
            return new FinalTexts(true, fenced);
        }
        boolean announced = found.mark() == FinalAnswer.Mark.HASHES || found.mark() == FinalAnswer.Mark.ANNOUNCED;
        String prose = announced ? found.candidates().get(0) : end(text);
        return new FinalTexts(false, List.of(prose));
    }

    /** The contents of fenced blocks, without the name of a language; the last one may be left open. */
    private static List<String> fenced(String text) {
        List<String> blocks = new ArrayList<>();
        int open = text.indexOf(FENCE);
        while (open >= 0) {
            int from = open + FENCE.length();
            int close = text.indexOf(FENCE, from);
            String block = text.substring(from, close < 0 ? text.length() : close);
            Matcher language = LANGUAGE.matcher(block);
            blocks.add(language.lookingAt() ? block.substring(language.end()) : block);
            open = close < 0 ? -1 : text.indexOf(FENCE, close + FENCE.length());
        }
        return blocks;
    }

    private static String end(String text) {
        String stripped = text.strip();
        return stripped.substring(Math.max(0, stripped.length() - MAX_PROSE));
    }
}
