package dev.tracerl.verifiers.math;

import dev.tracerl.verifiers.math.parse.Answers;
import dev.tracerl.verifiers.math.tree.Expr;
import dev.tracerl.verifiers.text.Denial;
import dev.tracerl.verifiers.text.FinalAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the answer in a sentence or a text. */
final class Prose {

    private static final int MAX_WHOLE = 400;
    private static final int TAIL = 4_000;

    private static final String NUMBER = "[-+]?[$]?(?:\\d{1,3}(?:,\\d{3})+(?!,?\\d)|\\d+(?:,\\d+){0,40}(?!,\\d))?"
            + "(?:\\.\\d+|(?<=\\d))(?:[ \\t]\\d+/\\d+|/\\d+)?";

    /** Inline or displayed mathematics, or a number in the text, with a percent sign. */
    private static final Pattern PART = Pattern.compile("(?:[$]{2}(?<display>[^$]{1,600})[$]{2}"
            + "|(?<![\\\\\\d])[$](?<inline>[^$\\n]{1,400})(?<!\\\\)[$](?!\\d)"
            + "|\\\\\\((?<paren>.{1,400}?)\\\\\\)"
            + "|\\\\\\[(?<bracket>(?s:.{1,600}?))\\\\]"
            + "|(?<![A-Za-z\\d.^_{\\\\/+*-])(?<number>" + NUMBER + ")(?!\\.{2,}\\d|\\+(?![\\d(])))"
            + "(?:(?<percent>\\s*(?:\\\\?%|percent|pct))"
            + "|\\s*(?<unit>(?i:half|dozen|hundred|thousand|[mb]illion|cents?|dollars?|euros?|pounds?))\\b)?");

    private static final Pattern SENTENCE_END = Pattern.compile("\\.(?:\\s+[A-Z*<\\[]|\\s*$)");
    private static final Pattern HEDGE = Pattern.compile("(?i)\\b(?:or|either|maybe|perhaps|alternatively|"
            + "also (?:possible|valid|correct|works?)|(?:could|might|may) also be)\\b");
    /** Words, with a letter at the most for a name, before a formula. */
    private static final Pattern WORDS_BEFORE =
            Pattern.compile("(?s)[^$\\\\]*[A-Za-z]{2}[^$\\\\]*(?:[$]|\\\\[(\\[]).*");

    /** After a list: further values, which are not named. */
    private static final Pattern AND_SO_ON = Pattern.compile(",\\s*(?:\\.{2,}|\u2026|\\\\[lc]?dots)[\\s$.]*$");

    private static final Pattern LEAD = Pattern.compile(
            "(?i)\\s*(?:(?:about|approximately|exactly|simply|equal to|that|just|therefore|thus)\\s+)*");

    private Prose() {}

    /** The answer of a text; several if it leaves the choice open; none if it only says what the
     * answer is not, or bounds it. */
    static List<String> answers(String text, FinalAnswer.Mark mark) {
        String sentence = mark == FinalAnswer.Mark.ANNOUNCED ? sentence(text) : text;
        if (sentence.isBlank()) {
            return List.of();
        }
        boolean marked = mark == FinalAnswer.Mark.TAGGED || mark == FinalAnswer.Mark.HASHES;
        return marked || isWhole(sentence) ? List.of(sentence) : parts(sentence, mark);
    }

    private static List<String> parts(String sentence, FinalAnswer.Mark mark) {
        boolean announced = mark == FinalAnswer.Mark.ANNOUNCED;
        String place = announced ? sentence : lastLine(sentence);
        boolean hedged = HEDGE.matcher(place).find();
        List<Part> all = found(hedged ? place : sentence);
        if (all.isEmpty() || AND_SO_ON.matcher(place).find()) {
            return List.of(sentence);
        }
        boolean first = announced && startsWithPart(sentence);
        return meant(hedged ? all : List.of(all.get(first ? 0 : all.size() - 1)));
    }

    /** The texts of parts, unless the sentence denies one, or leaves open the only one. */
    private static List<String> meant(List<Part> parts) {
        boolean open = parts.size() == 1 && parts.get(0).isOneOfSeveral();
        return open || parts.stream().anyMatch(Part::isDenied)
                ? List.of()
                : parts.stream().map(Part::text).toList();
    }

    private static String sentence(String text) {
        Matcher end = SENTENCE_END.matcher(text);
        return end.find() ? text.substring(0, end.start()) : text;
    }

    /** Whether all of it is one answer, other than words. */
    private static boolean isWhole(String text) {
        return text.length() <= MAX_WHOLE
                && !hasWordsBefore(text)
                && Answers.readings(text).stream().anyMatch(reading -> !(reading instanceof Expr.Text));
    }

    private static boolean hasWordsBefore(String text) {
        boolean marked = text.indexOf('$') >= 0 || text.contains("\\(") || text.contains("\\[");
        return marked && WORDS_BEFORE.matcher(text).matches();
    }

    private static String lastLine(String text) {
        return text.substring(text.lastIndexOf('\n') + 1);
    }

    private static List<Part> found(String text) {
        List<Part> parts = new ArrayList<>();
        String tail = text.length() > TAIL ? text.substring(text.length() - TAIL) : text;
        Matcher matcher = PART.matcher(tail);
        while (matcher.find()) {
            String part = part(matcher);
            if (!part.isBlank()) {
                String unit = matcher.group("unit") == null ? "" : "\\text{ " + matcher.group("unit") + "}";
                boolean denied = isDenied(tail, matcher);
                boolean one = Denial.isBesideOr(tail, matcher.start(), matcher.end());
                parts.add(new Part(part + (matcher.group("percent") == null ? unit : "\\%"), denied, one));
            }
        }
        return parts;
    }

    /** Whether the sentence denies a part, or calculates with it. */
    private static boolean isDenied(String text, Matcher part) {
        return Denial.isAround(text, part.start(), part.end())
                || Denial.isCalculatedWith(text, part.start(), part.end())
                || (part.group("percent") != null && Denial.isShare(text, part.end()));
    }

    /** A formula or a number, whether the sentence says that it is not the answer, and whether "or" is beside it. */
    private record Part(String text, boolean isDenied, boolean isOneOfSeveral) {}

    private static String part(Matcher matcher) {
        for (String name : List.of("display", "inline", "paren", "bracket", "number")) {
            String found = matcher.group(name);
            if (found != null) {
                return found.strip();
            }
        }
        return "";
    }

    private static boolean startsWithPart(String sentence) {
        Matcher lead = LEAD.matcher(sentence);
        int start = lead.lookingAt() ? lead.end() : 0;
        return PART.matcher(sentence).region(start, sentence.length()).lookingAt();
    }
}
