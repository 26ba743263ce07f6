package dev.tracerl.trainer.plan;

import dev.tracerl.schemas.avro.EvaluationPlan;
import dev.tracerl.schemas.avro.StopRule;
import dev.tracerl.schemas.avro.WeightPlan;
import java.util.List;
import java.util.OptionalLong;

/**
 * What is published, and when training ends.
 *
 * @param weights publication and retention of versions
 * @param stop when the run ends
 * @param evaluations which versions are evaluated, and so must be kept until they were
 * @param adapters whether versions are adapters of version 0
 */
public record OutputPlan(WeightPlan weights, StopRule stop, List<EvaluationPlan> evaluations, boolean adapters) {

    public OutputPlan {
        evaluations = List.copyOf(evaluations);
    }

    /** The version whose weights a version's bytes have to be merged into; none if they are complete. */
    public OptionalLong base(long version) {
        return adapters && version > 0 ? OptionalLong.of(0) : OptionalLong.empty();
    }

    /** Whether the version after a step is published. */
    public boolean publishes(long step) {
        return step % weights.getPublishEverySteps() == 0 || step >= stop.getMaxSteps();
    }

    /** Whether the state after a step goes to disk. */
    public boolean checkpoints(long step) {
        return step % weights.getCheckpointEverySteps() == 0 || step >= stop.getMaxSteps();
    }

    /** Whether the state after a step goes to the log. */
    public boolean keepsState(long step) {
        int every = weights.getStateEverySteps();
        return step > 0 && (step >= stop.getMaxSteps() || (every > 0 && step % every == 0));
    }

    /** Whether that many steps are all. */
    public boolean complete(long step) {
        return step >= stop.getMaxSteps();
    }
}
