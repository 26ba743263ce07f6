package dev.tracerl.trainer.plan;

import dev.tracerl.core.value.StepAdvantage;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.ValueSpec;
import dev.tracerl.trainer.train.ValueSettings;
import java.util.Optional;

/**
 * Plans the value model of a run that has one.
 *
 * @param problems where problems are noted
 */
record ValuePlanner(RunSpec spec, Problems problems) {

    /** The value model; absent without one, or if there is a problem. */
    Optional<ValueSettings> plan() {
        ValueSpec value = spec.getValue();
        if (value == null) {
            return Optional.empty();
        }
        return problems.attempt("value", () -> settings(value));
    }

    private ValueSettings settings(ValueSpec value) {
        return new ValueSettings(
                new StepAdvantage(value.getDiscount(), value.getLambda()),
                value.getClip(),
                value.getTrainEvery(),
                Schedules.of(spec.getOptimizer(), value.getLearningRate()));
    }
}
