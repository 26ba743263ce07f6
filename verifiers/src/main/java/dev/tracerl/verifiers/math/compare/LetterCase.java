package dev.tracerl.verifiers.math.compare;

import dev.tracerl.verifiers.math.parse.Units;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Tells where capitals count between answers of the same letters: x and X, xY and Xy may be variables of one task. They do not
 * count in words (Evelyn, evelyn) and in names of choices (A, a).
 */
final class LetterCase {

    private static final Pattern LETTERS = Pattern.compile("[A-Za-z]+");
    private static final Pattern CHOICE = Pattern.compile("[A-Ja-j]");
    private static final Pattern NAME = Pattern.compile("[A-Z][a-z]{2}");
    private static final int LONGEST_PRODUCT = 3;

    private LetterCase() {}

    /** Whether two answers, the same but for their capitals, differ in those of a letter or a product of letters. */
    static boolean differs(String a, String b) {
        List<String> left = letters(a);
        List<String> right = letters(b);
        if (left.size() != right.size() || hasWord(left) || (areChoices(left) && areChoices(right))) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!left.get(i).equals(right.get(i)) && !areSameWord(left.get(i), right.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static List<String> letters(String answer) {
        return LETTERS.matcher(answer).results().map(MatchResult::group).toList();
    }

    /** Beside a word, letters are names: point A. */
    private static boolean hasWord(List<String> letters) {
        return letters.stream().anyMatch(word -> word.length() > LONGEST_PRODUCT);
    }

    /** Letters from A to J, either all capitals or none. */
    private static boolean areChoices(List<String> letters) {
        return letters.stream().allMatch(letter -> CHOICE.matcher(letter).matches())
                && hasOneCase(String.join("", letters));
    }

    /** Whether letters are a known short word, one of three letters with a capital in front (Amy), or have one letter twice (HHT). */
    private static boolean areSameWord(String a, String b) {
        boolean product = a.length() == 1 || Units.isProduct(a);
        return !product || (isName(a) && hasOneCase(b)) || (isName(b) && hasOneCase(a)) || areSequence(a, b);
    }

    private static boolean areSequence(String a, String b) {
        boolean twice = a.chars().distinct().count() < a.length();
        return twice && hasOneCase(a) && hasOneCase(b);
    }

    private static boolean isName(String letters) {
        return NAME.matcher(letters).matches() && !Texts.areVariables(letters.toLowerCase(Locale.ROOT));
    }

    private static boolean hasOneCase(String letters) {
        return letters.equals(letters.toUpperCase(Locale.ROOT)) || letters.equals(letters.toLowerCase(Locale.ROOT));
    }
}
