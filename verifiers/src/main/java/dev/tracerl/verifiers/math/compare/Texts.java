package dev.tracerl.verifiers.math.compare;

import dev.tracerl.verifiers.math.tree.Expr;
import java.util.Locale;
import java.util.regex.Pattern;

/** Compares answers in words. */
public final class Texts {

    private static final Pattern COMMAND =
            Pattern.compile("\\\\(?:text|mathrm|mbox|textbf|textit|mathbf|textrm|textnormal"
                    + "|mathcal|mathsf|mathtt|textsf|texttt|boldsymbol)\\s*(?=\\{)");

    private static final Pattern SIZE = Pattern.compile("\\\\(?:left|right|displaystyle)(?![A-Za-z])");
    private static final Pattern SPACE = Pattern.compile("\\\\[,;:! ]|[$]|\\*\\*");
    private static final Pattern QUOTE = Pattern.compile("[{}\"\u201c\u201d]");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern END = Pattern.compile("[.,;:]+$");

    private Texts() {}

    static boolean same(Expr a, Expr b) {
        return a instanceof Expr.Text left && b instanceof Expr.Text right && sameWords(left.text(), right.text());
    }

    /** Whether two answers are written the same, or are the same words. */
    public static boolean sameText(String a, String b) {
        String left = BLANKS.matcher(a.strip()).replaceAll(" ");
        return left.equals(BLANKS.matcher(b.strip()).replaceAll(" "))
                || (isWords(a) && isWords(b) && !plain(a).isEmpty() && sameWords(a, b));
    }

    /** Whether two answers are the same words, and where capitals count, with the same ones. */
    public static boolean sameWords(String a, String b) {
        return plain(a).equals(plain(b)) && !LetterCase.differs(spelled(a), spelled(b));
    }

    /** Whether small letters follow each other in the alphabet, as those of variables do. */
    public static boolean areVariables(String letters) {
        int[] sorted = letters.chars().sorted().distinct().toArray();
        return sorted.length == letters.length() && sorted[sorted.length - 1] - sorted[0] == sorted.length - 1;
    }

    private static boolean isWords(String answer) {
        String plain = COMMAND.matcher(answer).replaceAll("");
        return plain.chars().noneMatch(c -> "\\^_=+<>|*/!0123456789[]".indexOf(c) >= 0);
    }

    /** The words of an answer: without commands for text, dollars, braces, parentheses around all, final points, case. */
    public static String plain(String answer) {
        return spelled(answer).toLowerCase(Locale.ROOT);
    }

    private static String spelled(String answer) {
        String words = SIZE.matcher(COMMAND.matcher(answer).replaceAll("")).replaceAll("");
        String unquoted = QUOTE.matcher(SPACE.matcher(words).replaceAll(" ")).replaceAll("");
        String blank = BLANKS.matcher(unquoted).replaceAll(" ").strip();
        String plain = END.matcher(blank).replaceAll("");
        boolean wrapped = plain.startsWith("(") && plain.indexOf(')') == plain.length() - 1;
        return wrapped ? plain.substring(1, plain.length() - 1).strip() : plain;
    }
}
