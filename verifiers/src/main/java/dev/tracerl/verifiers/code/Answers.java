package dev.tracerl.verifiers.code;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the code in what a model wrote. */
final class Answers {

    private static final Pattern FENCE = Pattern.compile("^[ \\t]*```[^\\n`]*$", Pattern.MULTILINE);

    private Answers() {}

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
