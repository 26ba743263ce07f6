package dev.tracerl.verifiers.math;

import dev.tracerl.verifiers.math.compare.AnswerComparison;
import dev.tracerl.verifiers.math.compare.Decision;
import dev.tracerl.verifiers.math.compare.Texts;
import dev.tracerl.verifiers.math.parse.Answers;
import dev.tracerl.verifiers.math.tree.Expr;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares texts: by what they can mean as mathematics, otherwise as words. */
record ReadingComparison(AnswerComparison answers) {

    private static final Pattern CHOICE = Pattern.compile("\\(?[A-J]\\)?");
    private static final Pattern CHOSEN = Pattern.compile("\\(?([a-j])(?:[).:] ?.*|)");

    Decision compare(String right, String given) {
        if (Texts.sameText(right, given)) {
            return Decision.EQUAL;
        }
        Matcher chosen = CHOSEN.matcher(Texts.plain(given));
        if (isChoice(right) && chosen.matches()) {
            String choice = Texts.plain(right).replaceAll("[()]", "");
            return Decision.of(choice.equals(chosen.group(1)));
        }
        return mathematics(right, given);
    }

    private Decision mathematics(String right, String given) {
        List<Expr> rights = Answers.readings(right);
        List<Expr> givens = Answers.readings(given);
        if (rights.isEmpty()) {
            return unreadable(right, given);
        }
        if (areWords(rights)) {
            return Decision.of(Texts.plain(right).equals(Texts.plain(given)));
        }
        return commas(right, given, rights, givens) ? Decision.EQUAL : any(rights, givens);
    }

    /** Whether the right answer is a capital letter, the name of a choice. */
    static boolean isChoice(String right) {
        return CHOICE.matcher(right.replaceAll("\\\\[a-z]+|[\\s{}$]", "")).matches();
    }

    /** Whether an answer is words, with a number perhaps: June 20. */
    static boolean areWords(List<Expr> readings) {
        return !readings.isEmpty() && readings.stream().allMatch(Expr.Text.class::isInstance);
    }

    private Decision any(List<Expr> rights, List<Expr> givens) {
        boolean unknown = false;
        for (Expr right : rights) {
            for (Expr given : givens) {
                Decision decision = answers.compare(right, given);
                if (decision == Decision.EQUAL) {
                    return decision;
                }
                unknown |= decision == Decision.UNKNOWN;
            }
        }
        return unknown ? Decision.UNKNOWN : Decision.DIFFERENT;
    }

    /** Words differ if they differ; mathematics that is not understood may still mean the same. */
    private static Decision unreadable(String right, String given) {
        String a = right.replaceAll("\\s|\\\\[,;!: ]|[$]", "");
        String b = given.replaceAll("\\s|\\\\[,;!: ]|[$]", "");
        if (a.equals(b)) {
            return Decision.EQUAL;
        }
        boolean mathematics =
                a.replaceAll("\\\\(?:text|mathrm|textbf|mbox)", "").matches("(?s).*[\\\\_^=+].*");
        return mathematics ? Decision.UNKNOWN : Decision.DIFFERENT;
    }

    /** A comma may be a decimal point if the other side has one. */
    private boolean commas(String right, String given, List<Expr> rights, List<Expr> givens) {
        return Answers.commaDecimal(right).stream()
                        .anyMatch(a -> decimals(givens).stream().anyMatch(b -> answers.compare(a, b) == Decision.EQUAL))
                || Answers.commaDecimal(given).stream()
                        .anyMatch(
                                b -> decimals(rights).stream().anyMatch(a -> answers.compare(a, b) == Decision.EQUAL));
    }

    private static List<Expr> decimals(List<Expr> readings) {
        return readings.stream()
                .map(reading -> reading instanceof Expr.Negative negative ? negative.value() : reading)
                .filter(reading -> reading instanceof Expr.Num number && number.digits() >= 0)
                .toList();
    }
}
