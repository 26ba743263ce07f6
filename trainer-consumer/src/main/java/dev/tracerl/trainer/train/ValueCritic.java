package dev.tracerl.trainer.train;

import dev.tracerl.core.value.ExplainedVariance;
import dev.tracerl.core.value.StepEstimates;
import dev.tracerl.core.value.StepTrace;
import dev.tracerl.model.training.NonFiniteLossException;
import dev.tracerl.model.training.ValueLoss;
import dev.tracerl.model.training.ValueTarget;
import dev.tracerl.trainer.batch.Example;
import dev.tracerl.trainer.batch.ExampleBatches;
import dev.tracerl.trainer.batch.Minibatches;
import dev.tracerl.trainer.batch.TargetRewards;
import dev.tracerl.trainer.state.ValueTensors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

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
        Map<String, float[]> values =
                values(groups.stream().flatMap(List::stream).toList());
        List<List<Judgment>> judgments =
                each(groups, example -> judgment(example, Objects.requireNonNull(values.get(example.id()))));
        OptionalDouble loss = settings.trains(step)
                ? OptionalDouble.of(train(each(judgments, Judgment::lesson), updatesBefore))
                : OptionalDouble.empty();
        return new Judged(each(judgments, Judgment::judged), Optional.of(new ValueResult(loss, explained(judgments))));
    }

    /**
     * Of one example.
     *
     * @param values before the update
     * @param estimates what came of them and the rewards
     */
    private record Judgment(Example example, float[] values, StepEstimates estimates) {

        /** What the policy is trained on. */
        Example judged() {
            return example.withAdvantages(Floats.of(estimates.advantages()));
        }

        /**
         * What the value model is trained on: the example with returns in the place of advantages and old values in that
         * of old log-probabilities, so that they are cut where it is.
         */
        Example lesson() {
            return new Example(example.id(), example.packed().with(Floats.of(estimates.returns()), values));
        }
    }

    /** By example. */
    private Map<String, float[]> values(List<Example> examples) {
        return ExampleBatches.compute(examples, steps.microBatchTokens(), batch -> {
            checkStop.run();
            return evaluate(batch);
        });
    }

    private Judgment judgment(Example example, float[] values) {
        TargetRewards rewards = example.rewards();
        StepTrace trace = new StepTrace(rewards.steps(), rewards.values(), Floats.toDoubles(values));
        return new Judgment(example, values, settings.advantage().estimate(trace));
    }

    /** Trains the value model as the policy is trained and returns its loss, mean over the updates. */
    private double train(List<List<Example>> lessons, long updatesBefore) {
        ValueLoss sum = ValueLoss.none();
        int updates = 0;
        for (int epoch = 0; epoch < steps.epochs(); epoch++) {
            for (List<Example> minibatch : Minibatches.split(lessons, steps.minibatches())) {
                for (List<Example> part : ExampleBatches.of(minibatch, steps.microBatchTokens())) {
                    checkStop.run();
                    sum = sum.plus(accumulate(part, 1.0 / minibatch.size()));
                }
                apply(settings.schedule().at(updatesBefore + updates), minibatch);
                updates++;
            }
        }
        return sum.loss() / updates;
    }

    private float[][] evaluate(List<Example> part) {
        try {
            return learner.values(part.stream().map(Example::packed).toList());
        } catch (NonFiniteLossException e) {
            throw DivergedException.in(part, e);
        }
    }

    private ValueLoss accumulate(List<Example> part, double scale) {
        List<ValueTarget> targets = part.stream()
                .map(Example::packed)
                .map(lesson -> new ValueTarget(lesson, lesson.advantages(), lesson.oldLogProbs()))
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

    private static double explained(List<List<Judgment>> judgments) {
        List<Judgment> all = judgments.stream().flatMap(List::stream).toList();
        return ExplainedVariance.of(
                all.stream()
                        .flatMapToDouble(judgment -> Arrays.stream(Floats.toDoubles(judgment.values())))
                        .toArray(),
                all.stream()
                        .flatMapToDouble(
                                judgment -> Arrays.stream(judgment.estimates().returns()))
                        .toArray());
    }

    private static <A, B> List<List<B>> each(List<List<A>> groups, Function<A, B> change) {
        return groups.stream().map(group -> group.stream().map(change).toList()).toList();
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
