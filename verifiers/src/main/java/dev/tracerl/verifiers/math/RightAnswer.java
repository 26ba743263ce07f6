package dev.tracerl.verifiers.math;

import dev.tracerl.verifiers.math.compare.SymbolicSize;
import dev.tracerl.verifiers.math.exact.Budget;
import dev.tracerl.verifiers.math.exact.Normalizer;
import dev.tracerl.verifiers.math.parse.Answers;
import dev.tracerl.verifiers.math.tree.Expr;
import dev.tracerl.verifiers.math.tree.TooLargeException;

/** What the right answer itself takes, which decides who is to blame for a comparison that takes too much. */
final class RightAnswer {

    /** A quarter of a judgment's, so that a given answer has the rest. */
    private static final long MAX_OPERATIONS = 75_000;

    private RightAnswer() {}

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
