package dev.tracerl.verifiers.countdown;

import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import dev.tracerl.verifiers.Verifier;
import dev.tracerl.verifiers.countdown.ResponseExpressions.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Judges expressions that reach a target. Inputs: {@code numbers}, integers separated by commas; {@code target}, an
 * integer; and optionally {@code use}: {@code all} (default) requires every number exactly once, {@code some} at most
 * once. The answer is an expression of + - * / and parentheses over those numbers, by itself or as the one that a response in
 * prose boxes, tags, fences, announces or ends with; arithmetic is exact. An operation is
 * one character read or one arithmetic operation.
 */
public final class CountdownVerifier implements Verifier {

    /** Expressions in one response that are looked at. */
    private static final int MAX_CLAIMS = 4;

    /** The kind of task. */
    public static final String KIND = "countdown";

    /** Name of the input with the given numbers. */
    public static final String NUMBERS = "numbers";

    /** Name of the input with the value to reach. */
    public static final String TARGET = "target";

    /** Name of the optional input that says how the numbers may be used. */
    public static final String USE = "use";

    /** Every number exactly once. */
    public static final String USE_ALL = "all";

    /** Every number at most once. */
    public static final String USE_SOME = "some";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String version() {
        return "3";
    }

    @Override
    public Optional<String> invalid(TaskInputs task) {
        try {
            CountdownProblem.of(task);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Verdict verify(TaskInputs task, String answer) {
        Optional<String> invalid = invalid(task);
        if (invalid.isPresent()) {
            return new Verdict.Unverifiable(invalid.get(), 0);
        }
        CountdownProblem problem = CountdownProblem.of(task);
        Verdict bare = judge(problem, answer);
        boolean isProse = !ResponseExpressions.isBare(answer) && isMalformed(answer);
        return isProse ? prose(problem, answer, bare) : bare;
    }

    /** The verdict on the expressions that the response gives; several must all be right. */
    private static Verdict prose(CountdownProblem problem, String response, Verdict bare) {
        Set<Claim> claims = ResponseExpressions.of(response);
        if (claims.size() > MAX_CLAIMS) {
            return new Verdict.Incorrect("gives " + claims.size() + " different expressions", 0);
        }
        Verdict last = bare;
        for (Claim claim : claims) {
            Verdict verdict = judge(problem, claim);
            if (!(verdict instanceof Verdict.Correct)) {
                return claims.size() == 1
                        ? verdict
                        : new Verdict.Incorrect(
                                "gives " + claims.size() + " different expressions", verdict.operations());
            }
            last = verdict;
        }
        return last;
    }

    private static Verdict judge(CountdownProblem problem, Claim claim) {
        boolean lies = !claim.value().isEmpty() && Long.parseLong(claim.value()) != problem.target();
        return lies
                ? new Verdict.Incorrect("says that the value is " + claim.value(), 0)
                : judge(problem, claim.expression());
    }

    private static Verdict judge(CountdownProblem problem, String expression) {
        try {
            return judge(problem, Expression.evaluate(expression));
        } catch (MalformedExpressionException e) {
            return new Verdict.Incorrect(
                    String.valueOf(e.getMessage()), Math.min(expression.length(), Expression.MAX_LENGTH));
        }
    }

    private static boolean isMalformed(String expression) {
        try {
            Expression.evaluate(expression);
            return false;
        } catch (MalformedExpressionException e) {
            return true;
        }
    }

    private static Verdict judge(CountdownProblem problem, Expression.Result result) {
        List<Long> left = new ArrayList<>(problem.numbers());
        for (Long number : result.numbers()) {
            if (!left.remove(number)) {
                return new Verdict.Incorrect("uses " + number + " more often than it is given", result.operations());
            }
        }
        if (problem.useAll() && !left.isEmpty()) {
            return new Verdict.Incorrect("does not use " + left, result.operations());
        }
        return result.value().equals(Rational.of(problem.target()))
                ? new Verdict.Correct(result.operations())
                : new Verdict.Incorrect(
                        "value is " + result.value() + ", not " + problem.target(), result.operations());
    }
}
