package dev.tracerl.trainer.plan;

import dev.tracerl.core.pack.PackSettings;
import dev.tracerl.model.training.LossSettings;
import dev.tracerl.trainer.train.StepSettings;
import dev.tracerl.trainer.train.ValueSettings;
import java.util.Optional;

/**
 * How a run is trained.
 *
 * @param input what a step consumes
 * @param pack layout of responses for the network
 * @param loss the objective; its scale is set per minibatch
 * @param steps optimizer updates of a step
 * @param value the value model; absent if advantages come with the groups
 * @param rewardDiscount without a value model, discount of process rewards for each later step
 */
public record TrainingPlan(
        InputPlan input,
        PackSettings pack,
        LossSettings loss,
        StepSettings steps,
        Optional<ValueSettings> value,
        double rewardDiscount) {}
