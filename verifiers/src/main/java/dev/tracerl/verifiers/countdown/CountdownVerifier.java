package dev.tracerl.verifiers.countdown;

import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import dev.tracerl.verifiers.Verifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges expressions that reach a target. Inputs: {@code numbers}, integers separated by commas; {@code target}, an
 * integer; and optionally {@code use}: {@code all} (default) requires every number exactly once, {@code some} at most
 * once. The answer is an expression of + - * / and parentheses over those numbers; arithmetic is exact. An operation is
 * one character read or one arithmetic operation.
 */
public final class CountdownVerifier implements Verifier {

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
        return "1";
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
        try {
            return judge(CountdownProblem.of(task), Expression.evaluate(answer));
        } catch (MalformedExpressionException e) {
            return new Verdict.Incorrect(
                    String.valueOf(e.getMessage()), Math.min(answer.length(), Expression.MAX_LENGTH));
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
