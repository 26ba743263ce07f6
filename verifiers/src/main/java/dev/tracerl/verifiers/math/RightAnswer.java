package dev.tracerl.verifiers.math;

import dev.tracerl.verifiers.math.compare.SymbolicSize;
import dev.tracerl.verifiers.math.exact.Budget;
import dev.tracerl.verifiers.math.exact.Normalizer;
import dev.tracerl.verifiers.math.parse.Answers;
import dev.tracerl.verifiers.math.tree.Expr;
import dev.tracerl.verifiers.math.tree.TooLargeException;
import dev.tracerl.verifiers.text.Boxes;
import dev.tracerl.verifiers.text.FinalAnswer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The right answer of a task, and what it takes by itself, which decides who is to blame for a comparison that takes too
 * much.
 */
final class RightAnswer {

    /** A quarter of a judgment's, so that a given answer has the rest. */
    private static final long MAX_OPERATIONS = 75_000;

    /** Boxes side by side: {@code \boxed{1}, \boxed{2}}. */
    private static final Pattern TOGETHER = Pattern.compile(
            "(?:\\\\boxed\\{[^{}]*}" + "(?:[\\s,$]++|\\\\text\\{\\s*and\\s*}|and|\\\\q?quad){0,9}){1,40}");

    private RightAnswer() {}

    /** The right answer, which may come as a whole solution; empty if that boxes nothing. */
    static String in(String text) {
        List<String> boxed = Boxes.contents(text);
        if (!boxed.isEmpty()) {
            return areTogether(text, boxed.size()) ? String.join(", ", boxed) : boxed.get(boxed.size() - 1);
        }
        if (text.contains("\\boxed") || text.contains("\\fbox")) {
            return "";
        }
        FinalAnswer found = FinalAnswer.of(text);
        List<String> announced = found.mark() == FinalAnswer.Mark.ANNOUNCED || found.mark() == FinalAnswer.Mark.HASHES
                ? Prose.answers(found.candidates().get(0), found.mark())
                : List.of();
        return announced.size() == 1 ? announced.get(0) : text.strip();
    }

    private static boolean areTogether(String text, int boxes) {
        Matcher together = TOGETHER.matcher(text);
        return boxes > 1 && together.find() && together.group().split("boxed", -1).length == boxes + 1;
    }

    /** Whether it takes too much by itself, so that no answer can be compared with it. */
    static boolean isTooLarge(String answer) {
        try {
            return Answers.readings(answer).stream().anyMatch(RightAnswer::isTooLarge);
        } catch (TooLargeException e) {
            return true;
        }
    }

    private static boolean isTooLarge(Expr reading) {
        try {
            new Normalizer(new Budget(MAX_OPERATIONS)).normalize(reading);
            return SymbolicSize.isTooLarge(reading);
        } catch (TooLargeException e) {
            return true;
        } catch (UnsupportedOperationException e) {
            return reading.children().stream().anyMatch(RightAnswer::isTooLarge); // no scalar: what is in it
        } catch (ArithmeticException e) {
            return false;
        }
    }
}
