package dev.tracerl.verifiers.math.compare;

import dev.tracerl.verifiers.math.tree.Expr;
import java.util.Locale;

/** Compares answers in words. */
public final class Texts {

    private Texts() {}

    static boolean same(Expr a, Expr b) {
        return a instanceof Expr.Text left
                && b instanceof Expr.Text right
                && plain(left.text()).equals(plain(right.text()));
    }

    /** Whether two answers are written the same, or are the same words. */
    public static boolean sameText(String a, String b) {
        String left = a.strip().replaceAll("\\s+", " ");
        return left.equals(b.strip().replaceAll("\\s+", " "))
                || (isWords(a) && isWords(b) && !plain(a).isEmpty() && plain(a).equals(plain(b)));
    }

    private static boolean isWords(String answer) {
        String plain =
                answer.replaceAll("\\\\(?:text|mathrm|mbox|textbf|textit|mathbf|textrm|textnormal)\\s*(?=\\{)", "");
        return plain.chars().noneMatch(c -> "\\^_=+<>|*/!0123456789[]".indexOf(c) >= 0);
    }

    /** The words of an answer: without commands for text, dollars, braces, parentheses around all, final points, case. */
    public static String plain(String answer) {
        String plain = answer.replaceAll(
                        "\\\\(?:text|mathrm|mbox|textbf|textit|mathbf|textrm|textnormal)\\s*(?=\\{)", "")
                .replaceAll("\\\\(?:left|right|displaystyle)(?![A-Za-z])", "")
                .replaceAll("\\\\[,;:! ]|[$]|\\*\\*", " ")
                .replaceAll("[{}\"\u201c\u201d]", "")
                .replaceAll("\\s+", " ")
                .strip()
                .replaceAll("[.,;:]+$", "")
                .toLowerCase(Locale.ROOT);
        boolean wrapped = plain.startsWith("(") && plain.indexOf(')') == plain.length() - 1;
        return wrapped ? plain.substring(1, plain.length() - 1).strip() : plain;
    }
}
