package dev.tracerl.verifiers.math.parse;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * The words after a value, in one spelling.
 *
 * @param known those that are known units, with their powers
 * @param other the rest
 */
public record Unit(String known, String other) {

    private static final Pattern SQUARED = Pattern.compile("(?<!\\S)(\\S++) squared\\b");
    private static final Pattern CUBED = Pattern.compile("(?<!\\S)(\\S++) cubed\\b");
    private static final Pattern MARKS = Pattern.compile("[\\\\{}().,;:!\"'\u0001\u0002]");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** No words. */
    public static final Unit NONE = new Unit("", "");

    /** Words that say nothing. */
    private static final Set<String> FILLING = Set.of("a", "an", "the", "of", "in", "total", "each", "is", "are");

    /** Words that change a value wherever they follow it: 5 is wrong, 12 minus one, 2 thirds. */
    private static final Set<String> CHANGING = Set.of(
            "not",
            "minus",
            "plus",
            "wrong",
            "incorrect",
            "never",
            "than",
            "isn",
            "doesn",
            "fail",
            "false",
            "cannot",
            "except",
            "squared",
            "cubed",
            "factorial",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "twenty",
            "halve",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "hundredth",
            "thousandth",
            "zero",
            "pi");

    /** Words that change it at the end; 5 more apples are five. */
    private static final Set<String> COMPARING =
            Set.of("more", "less", "fewer", "below", "above", "under", "over", "higher", "lower");

    /** Reads words. */
    public static Unit of(String words) {
        StringJoiner known = new StringJoiner(" ");
        StringJoiner other = new StringJoiner(" ");
        String power = "";
        for (String word : split(words)) {
            String name = word.replaceAll("[0-9^]", "");
            if (name.equals("square") || name.equals("sq")) {
                power = "2";
            } else if (name.equals("cubic") || name.equals("cu")) {
                power = "3";
            } else if (Units.known(name).isPresent()) {
                known.add(Units.known(name).get() + power + word.replaceAll("[^0-9]", ""));
                power = "";
            } else if (!FILLING.contains(word)) {
                other.add(singular(word));
            }
        }
        return new Unit(known.toString(), other.toString());
    }

    private static List<String> split(String words) {
        String plain = words.toLowerCase(Locale.ROOT).replace("/", " per ");
        String square = SQUARED.matcher(plain).replaceAll("square $1");
        String cubic = CUBED.matcher(square).replaceAll("cubic $1");
        return List.of(BLANKS.split(MARKS.matcher(cubic).replaceAll(" ").strip()));
    }

    private static String singular(String word) {
        boolean plural = word.length() > 2 && word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("us");
        return plural ? word.substring(0, word.length() - 1) : word;
    }

    /** Whether a given unit may stand where this one does: what only one of them names does not count. */
    public boolean accepts(Unit given) {
        boolean same = agree(known, given.known) && agree(other, given.other);
        return same && (other.equals(given.other) || !(given.changesValue() || hasNumber()));
    }

    private static boolean agree(String a, String b) {
        return a.isEmpty() || b.isEmpty() || a.equals(b);
    }

    /** Whether a number stands between the words: 3 ft 4 in. */
    private boolean hasNumber() {
        return other.matches(".*\\d.*");
    }

    private boolean changesValue() {
        List<String> words = List.of(other.split(" "));
        return words.stream().anyMatch(word -> CHANGING.contains(word) || word.matches(".*\\d.*"))
                || COMPARING.contains(words.get(words.size() - 1));
    }
}
