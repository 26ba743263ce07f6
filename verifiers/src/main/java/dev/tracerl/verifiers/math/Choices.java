package dev.tracerl.verifiers.math;

import dev.tracerl.verifiers.math.compare.Decision;
import dev.tracerl.verifiers.math.compare.Texts;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers that name one of several choices by its letter. */
final class Choices {

    private static final Pattern LETTER = Pattern.compile("\\(?[A-J]\\)?");
    private static final Pattern AROUND_LETTER = Pattern.compile("\\\\[a-z]+|[\\s{}$]");
    private static final Pattern CHOSEN = Pattern.compile("\\(?([a-j])(?:[).:] ?.*|)");

    /** A letter that is marked as a choice, or listed as one: (b), b), , b. */
    private static final Pattern OTHER =
            Pattern.compile("(?<![a-z0-9'\\\\])([a-j])\\)(?=\\s|$|,)|[,;/|&]\\s*\\(?([a-j])\\)?(?=\\s*(?:[,;/|&.]|$))");

    /** A letter with the text of its choice: (C) red, C) 42, C. x = 42; but A. Lincoln may be a name, and A: 3 a value of A. */
    private static final Pattern WITH_TEXT =
            Pattern.compile("\\(?([A-J])(?:\\)\\s+(?:[-+]?[\\d$]|[A-Za-z]{2}).*|\\.\\s+(?:[-+\\d$\\\\]|[a-z]\\s*=).*)");

    private static final Pattern LONE_LETTER = Pattern.compile("(?<![A-Za-z\\\\])[A-J](?![A-Za-z])");

    private Choices() {}

    /** Whether the right answer is a capital letter, the name of a choice. */
    static boolean isLetter(String right) {
        return LETTER.matcher(AROUND_LETTER.matcher(right).replaceAll("")).matches();
    }

    /** Compares choices; empty if the answers name none. */
    static Optional<Decision> compare(String right, String given) {
        if (!isLetter(right)) {
            return letterOfText(right, given);
        }
        Matcher chosen = CHOSEN.matcher(Texts.plain(given));
        String choice = Texts.plain(right).replaceAll("[()]", "");
        return chosen.matches()
                ? Optional.of(Decision.of(choice.equals(chosen.group(1)) && !namesAnother(given, choice)))
                : Optional.empty();
    }

    /** Beside a right answer of a letter and a text, the letter says enough. */
    private static Optional<Decision> letterOfText(String right, String given) {
        Matcher marked = WITH_TEXT.matcher(right.strip());
        if (!isLetter(given)
                || !marked.matches()
                || LONE_LETTER.matcher(right).results().count() > 1) {
            return Optional.empty();
        }
        String choice = Texts.plain(marked.group(1));
        return namesAnother(right, choice)
                ? Optional.empty()
                : Optional.of(
                        Decision.of(Texts.plain(given).replaceAll("[()]", "").equals(choice)));
    }

    private static boolean namesAnother(String text, String choice) {
        return OTHER.matcher(Texts.plain(text))
                .results()
                .anyMatch(other -> !choice.equals(other.group(other.group(1) == null ? 2 : 1)));
    }
}
