package dev.tracerl.verifiers.math.compare;

import dev.tracerl.verifiers.math.tree.Expr;
import java.util.Locale;
import java.util.regex.Matcher;
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

    private static final Pattern VARIABLE = Pattern.compile("[$\\s]*([k-zK-Z])[$\\s.]*");

    private Texts() {}

    static boolean same(Expr a, Expr b) {
        return a instanceof Expr.Text left
                && b instanceof Expr.Text right
                && plain(left.text()).equals(plain(right.text()));
    }

    /** Whether two answers are written the same, or are the same words. */
    public static boolean sameText(String a, String b) {
        String left = BLANKS.matcher(a.strip()).replaceAll(" ");
        return left.equals(BLANKS.matcher(b.strip()).replaceAll(" "))
                || (isWords(a)
                        && isWords(b)
                        && !plain(a).isEmpty()
                        && plain(a).equals(plain(b))
                        && !areVariables(a, b));
    }

    /** Whether both are a letter of mathematics, x and X, and no name of a choice. */
    private static boolean areVariables(String a, String b) {
        Matcher first = VARIABLE.matcher(a);
        Matcher second = VARIABLE.matcher(b);
        return first.matches() && second.matches() && !first.group(1).equals(second.group(1));
    }

    private static boolean isWords(String answer) {
        String plain = COMMAND.matcher(answer).replaceAll("");
        return plain.chars().noneMatch(c -> "\\^_=+<>|*/!0123456789[]".indexOf(c) >= 0);
    }

    /** The words of an answer: without commands for text, dollars, braces, parentheses around all, final points, case. */
    public static String plain(String answer) {
        String words = SIZE.matcher(COMMAND.matcher(answer).replaceAll("")).replaceAll("");
        String unquoted = QUOTE.matcher(SPACE.matcher(words).replaceAll(" ")).replaceAll("");
        String blank = BLANKS.matcher(unquoted).replaceAll(" ").strip();
        String plain = END.matcher(blank).replaceAll("").toLowerCase(Locale.ROOT);
        boolean wrapped = plain.startsWith("(") && plain.indexOf(')') == plain.length() - 1;
        return wrapped ? plain.substring(1, plain.length() - 1).strip() : plain;
    }
}
