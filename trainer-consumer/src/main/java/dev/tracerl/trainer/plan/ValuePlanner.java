package dev.tracerl.trainer.plan;

import dev.tracerl.core.value.StepAdvantage;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.Slices;
import dev.tracerl.schemas.avro.ValueSpec;
import dev.tracerl.trainer.train.ValueSettings;
import java.util.Optional;

/**
 * Plans the value model of a run that has one, and what becomes of process rewards in one that has none.
 *
 * @param problems where problems are noted
 */
record ValuePlanner(RunSpec spec, Problems problems) {

    /** The value model; absent without one, or if there is a problem. */
    Optional<ValueSettings> plan() {
        double discount = spec.getGroups().getRewardDiscount();
        problems.require(
                discount >= 0 && discount <= 1, "groups.rewardDiscount is " + discount + ", must be in [0, 1]");
        ValueSpec value = spec.getValue();
        if (value == null) {
            return Optional.empty();
        }
        problems.require(
                spec.getMethod() == Method.TRACERL,
                "value: a value model needs rewards; method " + spec.getMethod() + " has none");
        problems.require(
                spec.getLoss().getSlices() == Slices.TRACE,
                "value: with loss.slices " + spec.getLoss().getSlices() + " a token may be a target in several steps or"
                        + " in none, so that returns over steps are not defined; use TRACE");
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
