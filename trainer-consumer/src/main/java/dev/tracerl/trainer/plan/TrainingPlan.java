package dev.tracerl.trainer.plan;

import dev.tracerl.core.pack.PackSettings;
import dev.tracerl.model.training.LossSettings;
import dev.tracerl.trainer.train.StepSettings;

/**
 * How a run is trained.
 *
 * @param input what a step consumes
 * @param pack layout of responses for the network
 * @param loss the objective; its scale is set per minibatch
 * @param steps optimizer updates of a step
 */
public record TrainingPlan(InputPlan input, PackSettings pack, LossSettings loss, StepSettings steps) {}
