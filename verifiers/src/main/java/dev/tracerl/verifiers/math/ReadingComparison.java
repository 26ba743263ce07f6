package dev.tracerl.verifiers.math;

import dev.tracerl.verifiers.math.compare.AnswerComparison;
import dev.tracerl.verifiers.math.compare.Decision;
import dev.tracerl.verifiers.math.compare.Texts;
import dev.tracerl.verifiers.math.parse.Answers;
import dev.tracerl.verifiers.math.tree.Expr;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Compares texts: by what they can mean as mathematics, otherwise as words. */
record ReadingComparison(AnswerComparison answers) {

    private static final Pattern LETTERS = Pattern.compile("(?!inf$|oo$|pi$)[a-z]{2,3}(?:,[a-z]{2,3})*");

    /** Capital letters of which one comes twice: HHT. */
    private static final Pattern SEQUENCE = Pattern.compile("(?=.*([A-Z]).*\\1)[A-Z]{3,}");

    /** A right answer that is rather two numbers than one with a comma for a point. */
    private static final Pattern PAIR = Pattern.compile("[-+]?\\d,\\d");

    Decision compare(String right, String given) {
        if (Texts.sameText(right, given)) {
            return Decision.EQUAL;
        }
        Optional<Decision> choice = Choices.compare(right, given);
        if (choice.isPresent()) {
            return choice.get();
        }
        return Clock.compare(right, given).orElseGet(() -> mathematics(right, given));
    }

    private Decision mathematics(String right, String given) {
        List<Expr> rights = Answers.readings(right);
        List<Expr> givens = Answers.readings(given);
        if (rights.isEmpty()) {
            return unreadable(right, given);
        }
        if (areWords(rights)) {
            return Decision.of(Texts.sameWords(right, given));
        }
        if (areOtherLetters(right, given) || (SEQUENCE.matcher(right).matches() && !Texts.sameText(right, given))) {
            return Decision.DIFFERENT;
        }
        if (commas(right, given, rights, givens)) {
            return PAIR.matcher(right).matches() ? Decision.UNKNOWN : Decision.EQUAL;
        }
        return any(rights, givens, Conditions.of(right, given, answers));
    }

    /**
     * Whether both are letters side by side, or lists of them, and not the same ones: HHT and HTH are no products. Small
     * letters that follow each other in the alphabet, as variables do, are.
     */
    private static boolean areOtherLetters(String right, String given) {
        if (right.chars().anyMatch(Character::isDigit)) {
            return false;
        }
        String a = Texts.plain(right).replaceAll("[\\\\\\s]", "");
        String b = Texts.plain(given).replaceAll("[\\\\\\s]", "");
        boolean capitals = (right + given).matches("(?s).*[A-Z].*");
        return LETTERS.matcher(a).matches()
                && LETTERS.matcher(b).matches()
                && !sorted(a).equals(sorted(b))
                && (capitals || !Texts.areVariables(a));
    }

    private static List<String> sorted(String letters) {
        return Pattern.compile(",").splitAsStream(letters).sorted().toList();
    }

    /** Whether an answer is words, with a number perhaps: June 20. */
    static boolean areWords(List<Expr> readings) {
        return !readings.isEmpty() && readings.stream().allMatch(Expr.Text.class::isInstance);
    }

    private Decision any(List<Expr> rights, List<Expr> givens, Conditions conditions) {
        boolean unknown = false;
        boolean sets = hasSet(rights) && hasSet(givens);
        for (Expr right : rights) {
            for (Expr given : givens) {
                if (sets && isSet(right) != isSet(given)) {
                    continue; // a list, which its words make a set
                }
                Decision decision = conditions.limited(right, given, answers.compare(right, given));
                if (decision == Decision.EQUAL) {
                    return decision;
                }
                unknown |= decision == Decision.UNKNOWN;
            }
        }
        return unknown ? Decision.UNKNOWN : Decision.DIFFERENT;
    }

    private static boolean hasSet(List<Expr> readings) {
        return readings.stream().anyMatch(ReadingComparison::isSet);
    }

    private static boolean isSet(Expr reading) {
        return reading instanceof Expr.SetOperation;
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
                .map(reading -> reading instanceof Expr.Quantity quantity ? quantity.value() : reading)
                .map(reading -> reading instanceof Expr.Negative negative ? negative.value() : reading)
                .filter(reading -> reading instanceof Expr.Num number && number.digits() >= 0)
                .toList();
    }
}
