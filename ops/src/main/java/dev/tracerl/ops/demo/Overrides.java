package dev.tracerl.ops.demo;

import dev.tracerl.ops.input.BadInputException;
import java.util.Optional;

/**
 * What the command line may change in a run file.
 *
 * @param seed seed of both runs and of the first weights
 * @param maxLag most versions that a group may be behind the trainer
 * @param steps most training steps of the TraceRL run
 * @param target held-out accuracy, from 0 to 1, at which the TraceRL run stops
 */
public record Overrides(Optional<Long> seed, Optional<Integer> maxLag, Optional<Long> steps, Optional<Double> target) {

    /** @throws BadInputException if one of them cannot be */
    public Overrides {
        maxLag.ifPresent(lag -> require(lag >= 0, "--max-lag must be at least 0, not " + lag));
        steps.ifPresent(most -> require(most >= 1, "--steps must be at least 1, not " + most));
        target.ifPresent(share -> require(share >= 0 && share <= 1, "--target must be from 0 to 1, not " + share));
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new BadInputException(problem);
        }
    }
}
