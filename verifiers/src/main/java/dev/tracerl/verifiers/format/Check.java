package dev.tracerl.verifiers.format;

import dev.tracerl.verifiers.text.Boxes;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** One demand on the form of a response. Every check is one pass over the text. */
enum Check {
    /** Exactly one box, closed, and nothing but punctuation in doubt. */
    BOXED(text -> Boxes.contents(text).size() == 1),
    /** A line {@code #### answer} that is the last one. */
    HASHES(text -> lastLine(text).startsWith("####") && lastLine(text).length() > "####".length()),
    /** Starts with {@code <think>...</think>}, once, and says something after it. */
    THINK(Check::thinks),
    /** {@code <answer>...</answer>}, once, at the end. */
    ANSWER(text ->
            once(text, "<answer>") && once(text, "</answer>") && text.strip().endsWith("</answer>")),
    /** At least one fenced block, all of them closed. */
    CODE(text -> count(text, "```") >= 2 && count(text, "```") % 2 == 0);

    private final Predicate<String> rule;

    Check(Predicate<String> rule) {
        this.rule = rule;
    }

    boolean holds(String response) {
        return rule.test(response);
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Check> named(String label) {
        return Arrays.stream(values())
                .filter(check -> check.label().equals(label))
                .findFirst();
    }

    private static boolean thinks(String text) {
        int close = text.indexOf("</think>");
        return text.strip().startsWith("<think>")
                && once(text, "<think>")
                && once(text, "</think>")
                && !text.substring(close + "</think>".length()).isBlank();
    }

    private static String lastLine(String text) {
        String stripped = text.strip();
        return stripped.substring(stripped.lastIndexOf('\n') + 1);
    }

    private static boolean once(String text, String part) {
        return count(text, part) == 1;
    }

    private static int count(String text, String part) {
        int count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }
}
