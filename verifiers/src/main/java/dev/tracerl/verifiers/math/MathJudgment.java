package dev.tracerl.verifiers.math;

import dev.tracerl.verifiers.Verdict;
import dev.tracerl.verifiers.math.compare.AnswerComparison;
import dev.tracerl.verifiers.math.compare.Decision;
import dev.tracerl.verifiers.math.compare.SymbolicEngine;
import dev.tracerl.verifiers.math.exact.Budget;
import dev.tracerl.verifiers.math.parse.Answers;
import dev.tracerl.verifiers.math.tree.Expr;
import dev.tracerl.verifiers.math.tree.TooLargeException;
import dev.tracerl.verifiers.text.FinalAnswer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** The judgment of one response. */
final class MathJudgment {

    private static final long MAX_OPERATIONS = 300_000;
    private static final int MAX_CANDIDATES = 12;
    private static final int SHOWN = 60;

    private final Budget budget = new Budget(MAX_OPERATIONS);
    private final AnswerComparison answers;
    private final String right;
    private boolean isUndecided;
    private long read;

    MathJudgment(String rightAnswer, SymbolicEngine engine) {
        this.answers = new AnswerComparison(budget, engine);
        this.right = RightAnswer.in(rightAnswer);
    }

    long operations() {
        return read + budget.used();
    }

    /** Whether the last comparison was not decided, whatever the verdict. */
    boolean isUndecided() {
        return isUndecided;
    }

    Verdict judge(String response) {
        read = Math.min(response.length(), FinalAnswer.MAX_LENGTH);
        List<String> candidates = candidates(FinalAnswer.of(response));
        if (candidates.isEmpty()) {
            return new Verdict.Incorrect("has no answer", operations());
        }
        try {
            return verdict(candidates, decide(candidates));
        } catch (TooLargeException e) {
            budget.exceed(String.valueOf(e.getMessage()));
            return undecided(String.valueOf(e.getMessage()));
        }
    }

    /**
     * An answer that cannot be compared with a plain number or a choice is wrong, and so is one that takes too much where the right
     * answer does not: otherwise a response could choose to have no reward.
     */
    private Verdict undecided(String reason) {
        isUndecided = true;
        if (Choices.isLetter(right)) {
            return new Verdict.Incorrect("is no choice that can be compared: " + reason, operations());
        }
        if (RationalAnswer.is(right)) {
            return new Verdict.Incorrect("is no number that can be compared: " + reason, operations());
        }
        return budget.excess()
                .filter(excess -> !RightAnswer.isTooLarge(right))
                .<Verdict>map(excess -> new Verdict.Incorrect("takes too much to compare: " + excess, operations()))
                .orElseGet(() -> new Verdict.Unverifiable(reason, operations()));
    }

    private Verdict verdict(List<String> candidates, Decision decision) {
        String shown = String.join(" | ", candidates);
        String given = shown.length() > SHOWN ? shown.substring(0, SHOWN) + "..." : shown;
        return switch (decision) {
            case EQUAL -> new Verdict.Correct(operations());
            case DIFFERENT -> new Verdict.Incorrect("answers " + given, operations());
            case UNKNOWN -> undecided("cannot be decided: " + given + " against " + right);
        };
    }

    /** Several answers are right if each is the right one, or if the right one is a list of exactly them. */
    private Decision decide(List<String> candidates) {
        if (candidates.size() > MAX_CANDIDATES) {
            return Decision.DIFFERENT;
        }
        List<Decision> each = new ArrayList<>();
        for (String candidate : candidates) {
            each.add(compare(candidate));
        }
        if (candidates.size() == 1 || !each.contains(Decision.DIFFERENT)) {
            return each.contains(Decision.UNKNOWN) ? Decision.UNKNOWN : each.get(0);
        }
        return listed() ? compare(String.join(", ", candidates)) : Decision.DIFFERENT;
    }

    private boolean listed() {
        return Answers.readings(right).stream()
                .anyMatch(reading -> hasBothSigns(reading)
                        || (reading instanceof Expr.Group group
                                && group.isUnordered()
                                && group.items().size() > 1));
    }

    private static boolean hasBothSigns(Expr reading) {
        return reading instanceof Expr.PlusMinus || reading.children().stream().anyMatch(MathJudgment::hasBothSigns);
    }

    private Decision compare(String candidate) {
        return new ReadingComparison(answers).compare(right, candidate);
    }

    private List<String> candidates(FinalAnswer found) {
        boolean asItIs = found.mark() == FinalAnswer.Mark.BOXED
                || Choices.isLetter(right)
                || ReadingComparison.areWords(Answers.readings(right));
        LinkedHashSet<String> distinct = new LinkedHashSet<>();
        for (String candidate : found.candidates()) {
            distinct.addAll(asItIs ? List.of(candidate) : Prose.answers(candidate, found.mark()));
        }
        return List.copyOf(distinct);
    }
}
