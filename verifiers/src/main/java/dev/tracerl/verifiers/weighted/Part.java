package dev.tracerl.verifiers.weighted;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One verifier of a mixture.
 *
 * @param weight positive, relative to the other parts
 * @param kind kind of the verifier
 */
record Part(double weight, String kind) {

    private static final int MAX_PARTS = 8;
    private static final Pattern FORM = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6})?)\\s+([a-z0-9-]+)");

    /**
     * Reads a list such as {@code 0.9 math, 0.1 format}.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static List<Part> parse(String text) {
        List<Part> parts = new ArrayList<>();
        for (String item : text.split(",", MAX_PARTS + 1)) {
            Matcher matcher = FORM.matcher(item.strip());
            if (!matcher.matches() || Double.parseDouble(matcher.group(1)) <= 0 || parts.size() == MAX_PARTS) {
                throw new IllegalArgumentException("parts must be 1 to " + MAX_PARTS
                        + " positive weights with kinds, such as 0.9 math, 0.1 format");
            }
            parts.add(new Part(Double.parseDouble(matcher.group(1)), matcher.group(2)));
        }
        return parts;
    }
}
