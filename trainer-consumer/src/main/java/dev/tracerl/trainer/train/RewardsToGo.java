package dev.tracerl.trainer.train;

import dev.tracerl.core.value.StepAdvantage;
import dev.tracerl.core.value.StepTrace;
import dev.tracerl.trainer.batch.Example;
import dev.tracerl.trainer.batch.TargetRewards;
import dev.tracerl.trainer.state.ValueTensors;
import java.util.List;
import java.util.Optional;

/**
 * No value model: the advantages are those that came with the group. Process rewards become the sum of the rewards from
 * the token's step on.
 */
public final class RewardsToGo implements Critic {

    private final StepAdvantage advantage;

    /** @param discount weight of a reward for each later step, in [0, 1] */
    public RewardsToGo(double discount) {
        this.advantage = new StepAdvantage(discount, 1);
    }

    @Override
    public Judged judge(List<List<Example>> groups, long step, long updatesBefore) {
        List<List<Example>> judged = groups.stream()
                .map(group -> group.stream().map(this::judge).toList())
                .toList();
        return new Judged(judged, Optional.empty());
    }

    private Example judge(Example example) {
        TargetRewards rewards = example.rewards();
        if (!rewards.process()) {
            return example;
        }
        StepTrace trace = StepTrace.withoutValues(rewards.steps(), rewards.values());
        return example.withAdvantages(Floats.of(advantage.estimate(trace).returns()));
    }

    @Override
    public Optional<ValueTensors> tensors() {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
