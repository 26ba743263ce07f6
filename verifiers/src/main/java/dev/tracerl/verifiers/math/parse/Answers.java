package dev.tracerl.verifiers.math.parse;

import dev.tracerl.verifiers.math.tree.Expr;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads answers. */
public final class Answers {

    /** Longest answer that is read. */
    public static final int MAX_LENGTH = 3000;

    /** A numeral with commas that may group its digits or separate numbers. */
    private static final Pattern GROUPS = Pattern.compile("(?<![\\d.,])\\d{1,3}(?:,\\d{3})+(?![\\d]|,\\d)");

    private static final Pattern SPACED_GROUPS =
            Pattern.compile("(?<![\\d.,])(?<![\\d] )\\d{1,3}(?: \\d{3})+(?![\\d/])");

    /** A numeral with a comma for a point, which cannot be one that separates thousands, and perhaps a unit. */
    private static final Pattern COMMA_DECIMAL =
            Pattern.compile("[-+]?(?![1-9]\\d{0,2},\\d{3}(?!\\d))\\d+,\\d+[^\\d,;()\\[\\]]*");

    /** Something with a command, and after the last sign of equality a value. */
    private static final Pattern STATED =
            Pattern.compile("(?s)(?<name>[^,;=]*\\\\[A-Za-z][^,;=]*)(?<![<>!])=(?:[^,;=]*=)?(?<value>[^=]+)");

    private Answers() {}

    /**
     * What an answer can mean, the most likely first; more than one where commas are ambiguous. Empty if it is no
     * mathematics.
     */
    public static List<Expr> readings(String answer) {
        if (answer.length() > MAX_LENGTH) {
            return List.of();
        }
        String cleaned = Cleaner.clean(answer);
        Set<String> texts = new LinkedHashSet<>();
        texts.add(grouped(cleaned));
        texts.add(cleaned);
        List<Expr> readings = new ArrayList<>();
        for (String text : texts) {
            read(text, readings);
        }
        Phrases.set(cleaned).ifPresent(readings::add);
        return Currency.in(answer)
                .map(currency -> readings.stream()
                        .map(reading -> Currency.of(currency, reading))
                        .toList())
                .orElse(readings);
    }

    /** The reading of {@code 1,22} as a decimal, if it may be one. */
    public static List<Expr> commaDecimal(String answer) {
        String cleaned = Cleaner.clean(answer);
        List<Expr> readings = new ArrayList<>();
        if (COMMA_DECIMAL.matcher(cleaned).matches()) {
            read(cleaned.replace(',', '.'), readings);
        }
        return readings;
    }

    private static void read(String text, List<Expr> readings) {
        try {
            readings.add(Parser.parse(text));
        } catch (ParseException | ArithmeticException e) {
            stated(text).ifPresent(readings::add); // otherwise the caller compares the text instead
        }
    }

    /** The value of an equation with a left side that is no mathematics here: a limit, an angle, a probability. */
    private static Optional<Expr> stated(String text) {
        Matcher equation = STATED.matcher(text);
        if (text.indexOf('=') < 0 || !equation.matches()) {
            return Optional.empty();
        }
        try {
            Expr value = Parser.parse(equation.group("value"));
            boolean several = value instanceof Expr.Group group && group.open() == ' ';
            Expr name = new Expr.Text(equation.group("name"));
            return several ? Optional.empty() : Optional.of(new Expr.Relation(List.of(name, value), List.of("=")));
        } catch (ParseException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** Marks commas and blanks between groups of three digits, outside of brackets. */
    private static String grouped(String text) {
        String commas = mark(GROUPS, text, ',');
        return mark(SPACED_GROUPS, commas, ' ');
    }

    private static String mark(Pattern pattern, String text, char separator) {
        Matcher matcher = pattern.matcher(text);
        StringBuilder marked = new StringBuilder();
        int from = 0;
        while (matcher.find()) {
            boolean inside = Brackets.depth(text, matcher.start()) > 0;
            marked.append(text, from, matcher.start());
            marked.append(inside ? matcher.group() : matcher.group().replace(separator, Cleaner.GROUPING));
            from = matcher.end();
        }
        return marked.append(text.substring(from)).toString();
    }
}
