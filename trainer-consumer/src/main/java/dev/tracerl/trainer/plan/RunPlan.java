package dev.tracerl.trainer.plan;

import dev.tracerl.model.network.ParameterGroup;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.trainer.state.RunIdentity;
import java.util.Optional;

/**
 * What the trainer does for a run, checked.
 *
 * @param run the run
 * @param model network, optimizer and first weights
 * @param training how it is trained; absent for a run that only evaluates version 0
 * @param output what is published and when training ends
 */
public record RunPlan(RunIdentity run, ModelPlan model, Optional<TrainingPlan> training, OutputPlan output) {

    /** Tensors of the size of the network that a version and a state have: parameters, and parameters with two moments. */
    private static final int TENSORS = 1 + 3;

    /** About the bytes of a version and a state, which may be published at once. */
    public long largestPublication() {
        long parameters = Parameters.groups(model.config()).stream()
                .mapToLong(ParameterGroup::size)
                .sum();
        boolean value = training.flatMap(TrainingPlan::value).isPresent();
        return parameters * Float.BYTES * (value ? TENSORS + 3 : TENSORS);
    }
}
