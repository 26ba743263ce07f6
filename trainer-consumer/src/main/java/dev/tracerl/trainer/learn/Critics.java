package dev.tracerl.trainer.learn;

import dev.tracerl.trainer.plan.TrainingPlan;
import dev.tracerl.trainer.state.Tensors;
import dev.tracerl.trainer.train.Critic;
import dev.tracerl.trainer.train.RewardsToGo;
import dev.tracerl.trainer.train.ValueCritic;

/** Opens the critic of a run. */
public final class Critics {

    private Critics() {}

    /**
     * A critic that continues from tensors.
     *
     * @param checkStop called before every micro-batch; what it throws abandons the step
     */
    public static Critic open(TrainingPlan training, TensorPorts ports, Tensors start, Runnable checkStop) {
        if (training.value().isEmpty()) {
            return new RewardsToGo(training.rewardDiscount());
        }
        return new ValueCritic(ports.values().open(start), training.value().get(), training.steps(), checkStop);
    }
}
