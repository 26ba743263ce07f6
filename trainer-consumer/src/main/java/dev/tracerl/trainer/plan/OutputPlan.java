package dev.tracerl.trainer.plan;

import dev.tracerl.schemas.avro.EvaluationPlan;
import dev.tracerl.schemas.avro.StopRule;
import dev.tracerl.schemas.avro.WeightPlan;
import java.util.List;

/**
 * What is published, and when training ends.
 *
 * @param weights publication and retention of versions
 * @param stop when the run ends
 * @param evaluations which versions are evaluated, and so must be kept until they were
 */
public record OutputPlan(WeightPlan weights, StopRule stop, List<EvaluationPlan> evaluations) {

    public OutputPlan {
        evaluations = List.copyOf(evaluations);
    }

    /** Whether the version after a step is published. */
    public boolean publishes(long step) {
        return step % weights.getPublishEverySteps() == 0 || step >= stop.getMaxSteps();
    }

    /** Whether the state after a step goes to disk. */
    public boolean checkpoints(long step) {
        return step % weights.getCheckpointEverySteps() == 0 || step >= stop.getMaxSteps();
    }

    /** Whether that many steps are all. */
    public boolean complete(long step) {
        return step >= stop.getMaxSteps();
    }
}
