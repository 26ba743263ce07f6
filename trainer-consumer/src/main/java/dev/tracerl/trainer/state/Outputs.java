package dev.tracerl.trainer.state;

import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.TrainStep;
import java.util.List;
import java.util.Optional;

/**
 * What a step leaves on the log. Part of the checkpoint until it is known to be there.
 *
 * @param publish whether the parameters become a published version
 * @param step record of the step; none for the initial weights
 * @param outcomes one per group that it used
 */
public record Outputs(boolean publish, Optional<TrainStep> step, List<GroupOutcome> outcomes) {

    /** The initial weights: version 0. */
    public static final Outputs INITIAL = new Outputs(true, Optional.empty(), List.of());

    public Outputs {
        outcomes = List.copyOf(outcomes);
    }
}
