package dev.tracerl.verifiers.text;

import java.util.regex.Pattern;

/** Finds words that say that something is not the answer, only a bound of it, or one of several. */
public final class Denial {

    private static final int REACH = 60;

    /** "not equal to 4"; but "not 3 but 4" and "it is not clear, so it is 4" give 4. */
    private static final Pattern BEFORE = Pattern.compile("(?i)(?:\\b(?:not|never|cannot|neither|nor|except|excluding|"
            + "rather than|instead of|other than|different from|wrong|incorrect)\\b|n['\u2019]t\\b)"
            + "(?!\\s+(?:only|just)\\b)(?:(?!\\b(?:but|so|thus|therefore|hence|is|are)\\b)[^.;:!?\\n\\d]){0,40}$");

    private static final Pattern BOUND = Pattern.compile("(?i)\\b(?:(?:at (?:most|least)|(?:more|less|fewer|greater|"
            + "smaller|larger|higher|lower) than|up to|below|above|over|under|exceeds|between(?:\\s+\\S{1,20}\\s+and)?)"
            + "(?:\\s+or equal to)?)[\\s$(\\\\*]*$");

    private static final Pattern AFTER = Pattern.compile("(?i)^[\\s$).\\\\*]*(?:(?:is|was|would be|are)\\s*(?:"
            + "(?:clearly|obviously|also)\\s+)?(?:not\\b|n['\u2019]t\\b|wrong\\b|incorrect\\b|false\\b)"
            + "|(?:or|and)\\s+(?:more|less|fewer|above|below)\\b)");

    private static final Pattern CALCULATION = Pattern.compile("(?i)^[\\s$).\\\\*]*(?:"
            + "(?:times|plus|minus|(?:divided|multiplied) by)\\s+[\\d$(\\\\]|squared\\b|cubed\\b|factorial\\b)");

    private static final Pattern OR_BEFORE = Pattern.compile("(?i)\\bor[\\s$(\\\\*]*$");
    private static final Pattern OR_AFTER = Pattern.compile("(?i)^[\\s$).,\\\\*]*or\\b");

    private Denial() {}

    /** Whether the words before or after a part of a text deny it. */
    public static boolean isAround(String text, int start, int end) {
        String before = text.substring(Math.max(0, start - REACH), start);
        String after = text.substring(end, Math.min(text.length(), end + REACH));
        return BEFORE.matcher(before).find()
                || BOUND.matcher(before).find()
                || AFTER.matcher(after).find();
    }

    /** Whether the words after a part of a text calculate with it: 3 squared, 4 times 10. */
    public static boolean isCalculatedWith(String text, int end) {
        return CALCULATION
                .matcher(text.substring(end, Math.min(text.length(), end + REACH)))
                .find();
    }

    /** Whether a part of a text is one of several that are left open: "a or 5", "5 or so". */
    public static boolean isBesideOr(String text, int start, int end) {
        return OR_BEFORE
                        .matcher(text.substring(Math.max(0, start - REACH), start))
                        .find()
                || OR_AFTER.matcher(text.substring(end, Math.min(text.length(), end + REACH)))
                        .find();
    }
}
