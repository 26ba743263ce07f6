package dev.tracerl.trainer.plan;

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
public record RunPlan(RunIdentity run, ModelPlan model, Optional<TrainingPlan> training, OutputPlan output) {}
