package dev.tracerl.verifiers.text;

import java.util.regex.Pattern;

/** Finds words that say that something is not the answer, only a bound of it, or one of several. */
public final class Denial {

    private static final int REACH = 60;

    /** "not equal to 4"; but "not 3 but 4" and "it is not clear, so it is 4" give 4. */
    private static final Pattern BEFORE = Pattern.compile("(?i)(?:\\b(?:not|never|cannot|neither|nor|except|excluding|"
            + "rather than|instead of|other than|different from|wrong|incorrect|anything but|all but|none of|no longer|"
            + "rul(?:e|ed|es|ing) out|eliminat(?:e|ed|es|ing))\\b|n['\u2019]t\\b)"
            + "(?!\\s+(?:only|just)\\b)(?:(?!\\b(?:but|so|thus|therefore|hence|is|are)\\b)[^.;:!?\\n\\d]){0,40}$");

    private static final Pattern BOUND = Pattern.compile("(?i)(?:\\b(?:at (?:most|least)|(?:more|less|fewer|greater|"
            + "smaller|larger|higher|lower) than|up to|below|above|over|under|exceeds|between(?:\\s+\\S{1,20}\\s+and)?)"
            + "(?:\\s+or equal to)?|(?<![-=])(?<!</?[a-z]{1,10})[<>]=?|[\u2260\u2264\u2265]|!=)[\\s$(\\\\*]*$");

    private static final Pattern AFTER = Pattern.compile("(?i)^[\\s$).\\\\*]*(?:(?:is|was|would be|are)\\s*(?:"
            + "(?:clearly|obviously|also)\\s+)?(?:not\\b|n['\u2019]t\\b|(?:wrong|incorrect|false|invalid|"
            + "impossible|extraneous|excluded|rejected)\\b)|fails?\\b|(?:does|do|can)(?:not|\\s+not|n['\u2019]t)\\b"
            + "|(?:or|and)\\s+(?:more|less|fewer|above|below)\\b)");

    private static final Pattern CALCULATION = Pattern.compile("(?i)^[\\s$).\\\\*]*(?:"
            + "(?:times|plus|minus|(?:divided|multiplied) by|(?:more|less|fewer|greater|larger|smaller) than)"
            + "\\s+[\\d$(\\\\]|squared\\b|cubed\\b|factorial\\b)|^[ \\t~]+\\d");

    private static final Pattern CALCULATED = Pattern.compile("(?i)\\b(?:twice|double|triple|thrice|half(?: of)?|"
            + "(?:square|cube|square root|cube root|root|negative|opposite|reciprocal|inverse|factorial|third|quarter|"
            + "multiple|factor|divisor|power) of|divisible by|divides|(?:ends?|starts?|begins?) (?:in|with)|"
            + "(?:sum|product|difference|quotient)\\s+(?:of|between)\\s+\\S{1,20}\\s+and|"
            + "negative|minus|plus|times|divided by|multiplied by)[\\s$(\\\\*]*$");

    /** After a percent sign: of a number. */
    private static final Pattern SHARE = Pattern.compile("(?i)^[\\s$).\\\\*]*of\\s+(?:the\\s+)?[\\d$(\\\\]");

    private static final Pattern OR_BEFORE = Pattern.compile("(?i)\\bor[\\s$(\\\\*]*$");
    private static final Pattern OR_AFTER = Pattern.compile("(?i)^[\\s$).,\\\\*]*or\\b");

    private Denial() {}

    /** Whether the words before or after a part of a text deny it. */
    public static boolean isAround(String text, int start, int end) {
        String before = before(text, start);
        return BEFORE.matcher(before).find()
                || BOUND.matcher(before).find()
                || AFTER.matcher(after(text, end)).find();
    }

    /** Whether the words around a part of a text calculate with it: 3 squared, 4 times 10, twice 5. */
    public static boolean isCalculatedWith(String text, int start, int end) {
        return CALCULATION.matcher(after(text, end)).find()
                || CALCULATED.matcher(before(text, start)).find();
    }

    /** Whether a percentage that ends here is one of a number: 5% of 20. */
    public static boolean isShare(String text, int end) {
        return SHARE.matcher(after(text, end)).find();
    }

    /** Whether a part of a text is one of several that are left open: "a or 5", "5 or so". */
    public static boolean isBesideOr(String text, int start, int end) {
        return OR_BEFORE.matcher(before(text, start)).find()
                || OR_AFTER.matcher(after(text, end)).find();
    }

    private static String before(String text, int start) {
        return text.substring(Math.max(0, start - REACH), start);
    }

    private static String after(String text, int end) {
        return text.substring(end, Math.min(text.length(), end + REACH));
    }
}
