package dev.tracerl.verifiers.math.parse;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Removes what says nothing (spacing, sizes, dollars, boxes) and writes other characters in LaTeX. */
final class Cleaner {

    /** Stands for a comma that groups digits. */
    static final char GROUPING = '\u0001';

    /** Stands for a blank that may group digits. */
    static final char THIN = '\u0002';

    private static final Map<String, String> CHARACTERS = new LinkedHashMap<>();

    static {
        String[] pairs = {
            "\u2212",
            "-",
            "\u2013",
            "-",
            "\u2014",
            "-",
            "\u00d7",
            "\\times ",
            "\u00f7",
            "\\div ",
            "\u00b7",
            "\\cdot ",
            "\u22c5",
            "\\cdot ",
            "\u2219",
            "\\cdot ",
            "\u03c0",
            "\\pi ",
            "\u221a",
            "\\sqrt ",
            "\u221e",
            "\\infty ",
            "\u2264",
            "\\le ",
            "\u2265",
            "\\ge ",
            "\u2260",
            "\\ne ",
            "\u222a",
            "\\cup ",
            "\u2229",
            "\\cap ",
            "\u2205",
            "\\emptyset ",
            "\u2208",
            "\\in ",
            "\u00b1",
            "\\pm ",
            "\u2213",
            "\\mp ",
            "\u00b0",
            "^\\circ ",
            "\u2248",
            "\\approx ",
            "\u211d",
            "\\mathbb{R}",
            "\u03b8",
            "\\theta ",
            "\u03b1",
            "\\alpha ",
            "\u03b2",
            "\\beta ",
            "\u00b2",
            "^{2}",
            "\u00b3",
            "^{3}",
            "\u2074",
            "^{4}",
            "\u00bd",
            "\\frac{1}{2}",
            "\u00bc",
            "\\frac{1}{4}",
            "\u00be",
            "\\frac{3}{4}",
            "\u2153",
            "\\frac{1}{3}",
            "\u2154",
            "\\frac{2}{3}",
            "\u20ac",
            " ",
            "\u00a3",
            " ",
            "\u00a5",
            " ",
            "\u00a0",
            " ",
            "\u202f",
            " ",
            "\u2009",
            " ",
            "\u2044",
            "/",
            "\u201c",
            "\"",
            "\u201d",
            "\"",
            "\u2019",
            "'",
            "\u2018",
            "'"
        };
        for (int i = 0; i < pairs.length; i += 2) {
            CHARACTERS.put(pairs[i], pairs[i + 1]);
        }
    }

    private static final Pattern DROPPED = Pattern.compile(
            "\\\\(?:left|right|[bB]igg?[lrm]?|displaystyle|textstyle|scriptstyle|limits|nolimits|bf|rm|it|centering)(?![A-Za-z])\\.?");
    private static final Pattern ANNOUNCEMENT =
            Pattern.compile("^\\\\text\\{\\s*(?:the )?(?:final )?answer(?: is)?:?\\s*}(?=.)", Pattern.CASE_INSENSITIVE);
    private static final Pattern GROUPED = Pattern.compile(" *\\{ *, *} *|,\\\\! *|,\\{}");
    private static final Pattern NO_SPACE = Pattern.compile("\\\\!");
    private static final Pattern THIN_SPACE = Pattern.compile("\\\\[,;: ]|~|\\\\(?:thinspace|enspace)(?![A-Za-z])");
    private static final Pattern WIDE_SPACE = Pattern.compile(
            "\\\\q?quad(?![A-Za-z])|\\\\[hv]space\\*?\\{[^{}]*}|\\\\(?:hfill|newline|nonumber|phantom\\{[^{}]*})");
    private static final Pattern DOLLAR = Pattern.compile("\\\\\\$|\\$|\\\\[()\\[\\]](?!\\d*(?:em|pt|ex)\\b)");
    private static final Pattern HALF_DAY = Pattern.compile("\\b([ap])\\. ?m\\.?(?![A-Za-z])");
    private static final Pattern EMPHASIS = Pattern.compile("(?<![\\w)}])\\*\\*|\\*\\*(?![\\w({])");
    private static final Pattern EVEN_BACKSLASHES = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)+(?!\\\\)");
    private static final Pattern ODD_BACKSLASHES = Pattern.compile("(?<!\\\\)\\\\(?:\\\\\\\\)*(?!\\\\)");

    private static final Pattern ESCAPED_TWICE = Pattern.compile(
            "\\\\\\\\(?=(?:[dtc]?frac|sqrt|left|right|pi|text|cdot|times|circ|pm|infty|cup)(?![A-Za-z]))");

    /** After a list, three points mean further values. */
    private static final Pattern AND_SO_ON = Pattern.compile("(?:\\.{2,}|\u2026|\\\\[lc]?dots)[\\s$.]*$");

    private Cleaner() {}

    static String clean(String text) {
        String clean = text.strip();
        if (isOpenList(clean)) {
            return clean;
        }
        if (!ODD_BACKSLASHES.matcher(clean).find()
                && EVEN_BACKSLASHES.matcher(clean).find()) {
            clean = clean.replace("\\\\", "\\"); // escaped once too often
        }
        if (!clean.contains("\\begin")) {
            clean = ESCAPED_TWICE.matcher(clean).replaceAll("\\\\");
        }
        clean = clean.replace("{:}", ":");
        clean = GROUPED.matcher(clean).replaceAll(String.valueOf(GROUPING));
        clean = ANNOUNCEMENT.matcher(clean).replaceFirst("");
        clean = HALF_DAY.matcher(clean).replaceAll("$1m");
        clean = EMPHASIS.matcher(clean).replaceAll(" ");
        clean = replaceCharacters(clean);
        clean = keepRowBreaks(clean);
        clean = DROPPED.matcher(clean).replaceAll(" ");
        clean = WIDE_SPACE.matcher(clean).replaceAll(" ");
        clean = NO_SPACE.matcher(clean).replaceAll("");
        clean = DOLLAR.matcher(clean).replaceAll(" ");
        clean = THIN_SPACE.matcher(clean).replaceAll(String.valueOf(THIN));
        return trim(clean.replace("\\newrow", "\\\\"));
    }

    private static boolean isOpenList(String text) {
        boolean list = text.indexOf(',') >= 0 || text.indexOf(';') >= 0;
        return list && AND_SO_ON.matcher(text).find();
    }

    /** Hides row breaks from the rules for spaces and brackets. */
    private static String keepRowBreaks(String text) {
        return text.replace("\\\\", "\\newrow");
    }

    private static String replaceCharacters(String text) {
        if (text.chars().allMatch(c -> c < 128)) {
            return text;
        }
        StringBuilder replaced = new StringBuilder();
        text.codePoints().forEach(point -> {
            String character = Character.toString(point);
            replaced.append(CHARACTERS.getOrDefault(character, character));
        });
        return replaced.toString();
    }

    /** Without blanks around and without punctuation at the end. */
    private static String trim(String text) {
        int end = text.endsWith("\\") ? text.length() - 1 : text.length();
        while (end > 0 && isNothing(text, end - 1, ".,;:")) {
            end--;
        }
        int start = 0;
        while (start < end && isNothing(text, start, ":")) {
            start++;
        }
        return text.substring(start, end);
    }

    private static boolean isNothing(String text, int at, String punctuation) {
        char c = text.charAt(at);
        boolean escaped = at > 0 && text.charAt(at - 1) == '\\';
        return isBlank(c) || (punctuation.indexOf(c) >= 0 && !escaped);
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || c == THIN;
    }
}
