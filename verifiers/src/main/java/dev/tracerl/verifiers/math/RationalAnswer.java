package dev.tracerl.verifiers.math;

import dev.tracerl.verifiers.math.exact.Budget;
import dev.tracerl.verifiers.math.exact.Normalizer;
import dev.tracerl.verifiers.math.parse.Answers;
import dev.tracerl.verifiers.math.tree.Expr;
import dev.tracerl.verifiers.math.tree.TooLargeException;

/** Tells answers that are rational numbers, which every understandable answer can be compared with. */
final class RationalAnswer {

    private static final long MAX_OPERATIONS = 10_000;

    private RationalAnswer() {}

    static boolean is(String answer) {
        try {
            return Answers.readings(answer).stream().anyMatch(RationalAnswer::isRational);
        } catch (TooLargeException e) {
            return false;
        }
    }

    private static boolean isRational(Expr reading) {
        try {
            return new Normalizer(new Budget(MAX_OPERATIONS))
                    .normalize(reading)
                    .rational()
                    .isPresent();
        } catch (ArithmeticException | UnsupportedOperationException | TooLargeException e) {
            return false;
        }
    }
}
