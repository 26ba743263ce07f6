package dev.tracerl.trainer.train;

import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.core.value.ExplainedVariance;
import dev.tracerl.core.value.StepEstimates;
import dev.tracerl.core.value.StepTrace;
import dev.tracerl.model.training.NonFiniteLossException;
import dev.tracerl.model.training.ValueLoss;
import dev.tracerl.model.training.ValueTarget;
import dev.tracerl.trainer.batch.Example;
import dev.tracerl.trainer.batch.MicroBatches;
import dev.tracerl.trainer.batch.Minibatches;
import dev.tracerl.trainer.batch.TargetRewards;
import dev.tracerl.trainer.state.ValueTensors;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * A value model: first it judges, with its values as they are, then it learns from what came of them, then the policy is
 * trained with the advantages.
 */
public final class ValueCritic implements Critic {

    private final ValueLearner learner;
    private final ValueSettings settings;
    private final StepSettings steps;
    private final Runnable checkStop;

    /**
     * A critic on a learner, which it closes.
     *
     * @param steps how the policy is trained
     * @param checkStop called before every micro-batch; what it throws abandons the step
     */
    public ValueCritic(ValueLearner learner, ValueSettings settings, StepSettings steps, Runnable checkStop) {
        this.learner = learner;
        this.settings = settings;
        this.steps = steps;
        this.checkStop = checkStop;
    }

    @Override
    public Judged judge(List<List<Example>> groups, long step, long updatesBefore) {
        Map<String, Judgment> judgments = judgments(groups);
        OptionalDouble loss = settings.trains(step)
                ? OptionalDouble.of(train(groups, judgments, updatesBefore))
                : OptionalDouble.empty();
        List<List<Example>> judged = groups.stream()
                .map(group -> group.stream()
                        .map(example -> example.withAdvantages(
                                judgment(judgments, example).advantages()))
                        .toList())
                .toList();
        return new Judged(judged, Optional.of(new ValueResult(loss, explained(groups, judgments))));
    }

    /** Of one example: what the value model learns from it, and with what the policy is trained. */
    private record Judgment(ValueTarget target, float[] advantages) {}

    private Map<String, Judgment> judgments(List<List<Example>> groups) {
        Map<String, Judgment> judgments = new HashMap<>();
        for (List<Example> part : MicroBatches.of(flat(groups), steps.microBatchTokens())) {
            checkStop.run();
            float[][] values = values(part);
            for (int i = 0; i < values.length; i++) {
                judgments.put(part.get(i).id(), judgment(part.get(i), values[i]));
            }
        }
        return judgments;
    }

    private Judgment judgment(Example example, float[] values) {
        TargetRewards rewards = example.rewards();
        StepTrace trace = new StepTrace(rewards.steps(), rewards.values(), Floats.toDoubles(values));
        StepEstimates estimates = settings.advantage().estimate(trace);
        ValueTarget target = new ValueTarget(example.packed(), Floats.of(estimates.returns()), values);
        return new Judgment(target, Floats.of(estimates.advantages()));
    }

    /** Trains the value model as the policy is trained and returns its loss, mean over the updates. */
    private double train(List<List<Example>> groups, Map<String, Judgment> judgments, long updatesBefore) {
        ValueLoss sum = ValueLoss.none();
        int updates = 0;
        for (int epoch = 0; epoch < steps.epochs(); epoch++) {
            for (List<Example> minibatch : Minibatches.split(groups, steps.minibatches())) {
                for (List<Example> part : MicroBatches.of(minibatch, steps.microBatchTokens())) {
                    checkStop.run();
                    sum = sum.plus(accumulate(part, judgments, 1.0 / minibatch.size()));
                }
                apply(settings.schedule().at(updatesBefore + updates), minibatch);
                updates++;
            }
        }
        return sum.loss() / updates;
    }

    private float[][] values(List<Example> part) {
        List<PackedExample> packed = part.stream().map(Example::packed).toList();
        try {
            return learner.values(packed);
        } catch (NonFiniteLossException e) {
            throw DivergedException.in(part, e);
        }
    }

    private ValueLoss accumulate(List<Example> part, Map<String, Judgment> judgments, double scale) {
        List<ValueTarget> targets = part.stream()
                .map(example -> judgment(judgments, example).target())
                .toList();
        try {
            return learner.accumulate(targets, scale);
        } catch (NonFiniteLossException e) {
            throw DivergedException.in(part, e);
        }
    }

    private void apply(double learningRate, List<Example> minibatch) {
        try {
            learner.apply(learningRate);
        } catch (NonFiniteLossException e) {
            throw new DivergedException(e, minibatch);
        }
    }

    private static double explained(List<List<Example>> groups, Map<String, Judgment> judgments) {
        List<ValueTarget> targets = flat(groups).stream()
                .map(example -> judgment(judgments, example).target())
                .toList();
        return ExplainedVariance.of(
                targets.stream().flatMapToDouble(t -> stream(t.oldValues())).toArray(),
                targets.stream().flatMapToDouble(t -> stream(t.returns())).toArray());
    }

    private static DoubleStream stream(float[] values) {
        return Arrays.stream(Floats.toDoubles(values));
    }

    private static List<Example> flat(List<List<Example>> groups) {
        return groups.stream().flatMap(List::stream).toList();
    }

    private static Judgment judgment(Map<String, Judgment> judgments, Example example) {
        Judgment judgment = judgments.get(example.id());
        if (judgment == null) {
            throw new IllegalStateException(example.id() + " was not judged");
        }
        return judgment;
    }

    @Override
    public Optional<ValueTensors> tensors() {
        return Optional.of(learner.tensors());
    }

    @Override
    public void close() {
        learner.close();
    }
}
