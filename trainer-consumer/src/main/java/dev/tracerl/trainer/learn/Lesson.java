package dev.tracerl.trainer.learn;

import dev.tracerl.trainer.batch.Example;
import dev.tracerl.trainer.train.Critic;
import dev.tracerl.trainer.train.DivergedException;
import dev.tracerl.trainer.train.StepResult;
import dev.tracerl.trainer.train.StepTrainer;
import java.util.List;

/**
 * A training step: the critic judges, the policy learns.
 *
 * @param critic decides the advantages
 * @param steps trains on them
 */
public record Lesson(Critic critic, StepTrainer steps) {

    /**
     * Takes a step.
     *
     * @param groups one list of examples per group, in training order
     * @param step number of the step, from 1
     * @param updatesBefore optimizer updates done in the run so far
     * @throws DivergedException if a loss or gradient is not finite
     */
    public StepResult take(List<List<Example>> groups, long step, long updatesBefore) {
        Critic.Judged judged = critic.judge(groups, step, updatesBefore);
        return steps.train(judged.groups(), updatesBefore).with(judged.value());
    }
}
