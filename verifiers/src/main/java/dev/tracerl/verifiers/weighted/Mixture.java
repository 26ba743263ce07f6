package dev.tracerl.verifiers.weighted;

import dev.tracerl.verifiers.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Adds up the verdicts of the parts. */
final class Mixture {

    private final List<String> reasons = new ArrayList<>();
    private double score;
    private double weights;
    private long operations;

    /** Adds a verdict that has a score. */
    void add(Part part, Verdict verdict) {
        operations += verdict.operations();
        score += part.weight() * verdict.score().orElseThrow();
        weights += part.weight();
        if (!verdict.reason().isEmpty()) {
            reasons.add(part.kind() + ": " + verdict.reason());
        }
    }

    /** The verdict on the whole. */
    Verdict verdict() {
        String reason = String.join("; ", reasons);
        if (score == weights) {
            return new Verdict.Correct(operations);
        }
        return score == 0
                ? new Verdict.Incorrect(reason, operations)
                : new Verdict.Partial(score / weights, reason, operations);
    }
}
