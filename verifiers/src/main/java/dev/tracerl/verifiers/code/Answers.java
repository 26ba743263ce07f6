package dev.tracerl.verifiers.code;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the code in what a model wrote. */
final class Answers {

    private static final Pattern FENCE = Pattern.compile("^[ \\t]*```[^\\n`]*$", Pattern.MULTILINE);

    private static final String ANY_NAME = "[A-Za-z_]\\w*";

    private Answers() {}

    /**
     * The code of an answer that goes on where the prompt's code ends. A fenced block in it may be the rest of that code, or
     * say it again from its entry point on.
     *
     * @param prefix the prompt's code
     * @param entryPoints names that the code must define; empty stands for the last one that the prefix defines
     */
    static String code(String prefix, List<String> entryPoints, String answer) {
        boolean isOpen = FENCE.matcher(prefix).results().count() % 2 == 1;
        if (isOpen || !FENCE.matcher(answer).find()) {
            return code(prefix + answer);
        }
        String block = code(answer);
        String before = code(prefix);
        Optional<MatchResult> entry = entry(before, entryPoints);
        boolean isAgain = entry.isPresent()
                && definitions(block, Pattern.quote(entry.get().group(1)))
                        .findAny()
                        .isPresent();
        return (isAgain ? before.substring(0, entry.get().start()) : before) + block;
    }

    private static Optional<MatchResult> entry(String code, List<String> entryPoints) {
        if (entryPoints.isEmpty()) {
            return definitions(code, ANY_NAME).reduce((first, last) -> last);
        }
        String names = entryPoints.stream().map(Pattern::quote).collect(Collectors.joining("|"));
        return definitions(code, names).findFirst();
    }

    /** Definitions that are not within others, with the name as group 1. */
    private static Stream<MatchResult> definitions(String code, String names) {
        return Pattern.compile("^(?:(?:async[ \\t]+)?def|class)[ \\t]+(" + names + ")\\b", Pattern.MULTILINE)
                .matcher(code)
                .results();
    }

    /** The last fenced block, which may be left open at the end; the whole text without any fence. */
    static String code(String text) {
        Matcher fences = FENCE.matcher(text);
        int open = -1;
        String code = text;
        while (fences.find()) {
            if (open < 0) {
                open = fences.end();
            } else {
                code = text.substring(open, fences.start());
                open = -1;
            }
        }
        return open < 0 ? code : text.substring(open);
    }
}
