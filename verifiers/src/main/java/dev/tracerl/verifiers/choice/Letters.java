package dev.tracerl.verifiers.choice;

import dev.tracerl.verifiers.text.Denial;
import dev.tracerl.verifiers.text.FinalAnswer;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the letters of choices in an answer. */
final class Letters {

    /** Wrappers that say nothing: text commands, emphasis, dollars, braces. */
    private static final Pattern WRAPPER = Pattern.compile(
            "\\\\(?:text|textbf|textsf|texttt|mathrm|mathbf|mathsf|mathtt|textit|boldsymbol|mbox|boxed|fbox|[lL]arge|LARGE|[hH]uge|rm|bf)\\b|\\*\\*|[${}]|\\\\[()\\[\\] ,;!]");

    /** A letter that is marked as a choice: (B), B), B., B: or **B**. */
    private static final Pattern MARKED =
            Pattern.compile("(?<![A-Za-z0-9'])(?:\\(([A-Ja-j])\\)|([A-J])[).:](?=\\s|$))");

    /** A capital letter that stands alone, after no command (\\bar A); not the article or the pronoun of a sentence that goes on. */
    private static final Pattern ALONE = Pattern.compile(
            "(?<![A-Za-z0-9'\\\\])(?<!\\\\[A-Za-z]{1,12} ?)(?:([B-HJ])|([AI])(?=\\s*(?:$|[,;.!/|&]|and\\b|or\\b)))(?![A-Za-z0-9'])");

    /** Letters and what separates them, nothing else: A/B, A B, (A), B, C. */
    private static final Pattern LIST = Pattern.compile(
            "\\(?[A-J][).:]{0,2}(?:(?:\\s*[,;/|&+]\\s*|\\s+|(?<=[).:]))(?:(?:and|or)\\s+)?\\(?[A-J][).:]{0,2})+\\s*[.,;]?");

    private static final Pattern LETTER = Pattern.compile("([A-J])");

    /** A capital letter that follows in a list: (A) 5, B, C. */
    private static final Pattern NEXT =
            Pattern.compile("[,;/|&]\\s*(?:and\\s+|or\\s+)?\\(?([A-J])\\)?(?=\\s*(?:[,;/|&.]|$))");

    private static final Pattern WHOLE = Pattern.compile("\\(?([A-Ja-j])[).:]?");

    private Letters() {}

    /** The letter of an answer that is one letter. */
    static char only(String answer) {
        Matcher matcher = WHOLE.matcher(answer.strip());
        return matcher.matches() ? upper(matcher.group(1)) : ' ';
    }

    /** All choices that a candidate names, without those that it denies. */
    static Set<Character> in(String candidate, FinalAnswer.Mark mark) {
        String text = WRAPPER.matcher(candidate).replaceAll("").strip();
        Matcher whole = WHOLE.matcher(text);
        if (whole.matches()) {
            return Set.of(upper(whole.group(1)));
        }
        String part = mark == FinalAnswer.Mark.NONE ? lastLine(text) : text;
        Matcher wholePart = WHOLE.matcher(part);
        if (wholePart.matches()) {
            return Set.of(upper(wholePart.group(1)));
        }
        if (LIST.matcher(part).matches()) {
            return all(LETTER, part);
        }
        Set<Character> marked = all(MARKED, part);
        Set<Character> alone = all(ALONE, part);
        // "B. Canis Major" names B; "A or (B)" names both.
        boolean hedged = part.matches("(?is).*\\b(or|and|either|both)\\b.*");
        if (hedged) {
            marked.addAll(alone);
            return marked;
        }
        Set<Character> found = marked.isEmpty() ? alone : marked;
        found.addAll(all(NEXT, part));
        return found;
    }

    private static Set<Character> all(Pattern pattern, String text) {
        Set<Character> letters = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            boolean only = matcher.groupCount() == 1 || matcher.group(1) != null;
            if (!Denial.isAround(text, matcher.start(), matcher.end())) {
                letters.add(upper(matcher.group(only ? 1 : 2)));
            }
        }
        return letters;
    }

    private static String lastLine(String text) {
        return text.substring(text.lastIndexOf('\n') + 1).strip();
    }

    private static char upper(String letter) {
        return Character.toUpperCase(letter.charAt(0));
    }
}
