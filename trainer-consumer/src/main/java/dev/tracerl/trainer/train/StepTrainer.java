package dev.tracerl.trainer.train;

import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.model.training.NonFiniteLossException;
import dev.tracerl.model.training.StepLoss;
import dev.tracerl.trainer.batch.Example;
import dev.tracerl.trainer.batch.ExampleBatches;
import dev.tracerl.trainer.batch.Minibatches;
import dev.tracerl.trainer.train.StepSettings.Recomputed;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Trains on the groups of one step. A minibatch's loss is the mean over its responses of their weighted target losses;
 * the weights come with the examples.
 */
public final class StepTrainer {

    private final Learner learner;
    private final StepSettings settings;
    private final Optional<FixedPolicy> anchor;
    private final Runnable checkStop;

    /** A trainer whose KL term, if any, keeps close to the policy of the denominator. */
    public StepTrainer(Learner learner, StepSettings settings, Runnable checkStop) {
        this(learner, settings, Optional.empty(), checkStop);
    }

    /**
     * A trainer on a learner.
     *
     * @param anchor what the KL term keeps close to, if not to the policy of the denominator
     * @param checkStop called before every micro-batch; what it throws abandons the step
     */
    public StepTrainer(Learner learner, StepSettings settings, Optional<FixedPolicy> anchor, Runnable checkStop) {
        this.learner = learner;
        this.settings = settings;
        this.anchor = anchor;
        this.checkStop = checkStop;
    }

    /**
     * Trains on groups.
     *
     * @param groups one list of examples per group, in training order
     * @param updatesBefore optimizer updates done in the run so far
     * @throws DivergedException if a loss or gradient is not finite
     */
    public StepResult train(List<List<Example>> groups, long updatesBefore) {
        Progress progress = new Progress(updatesBefore, settings.schedule());
        List<List<Example>> prepared = prepared(groups, progress);
        for (int epoch = 0; epoch < settings.epochs(); epoch++) {
            for (List<Example> minibatch : Minibatches.split(prepared, settings.minibatches())) {
                update(minibatch, progress);
            }
        }
        return progress.result(tokens(groups));
    }

    private void update(List<Example> minibatch, Progress progress) {
        for (List<Example> part : ExampleBatches.of(minibatch, settings.microBatchTokens())) {
            checkStop.run();
            progress.add(accumulate(part, 1.0 / minibatch.size()), ExampleBatches.rows(part));
        }
        try {
            progress.updated(learner.apply(progress.learningRate()));
        } catch (NonFiniteLossException e) {
            throw new DivergedException(e, minibatch);
        }
    }

    private StepLoss accumulate(List<Example> part, double scale) {
        try {
            return learner.accumulate(packed(part), scale);
        } catch (NonFiniteLossException e) {
            throw DivergedException.in(part, e);
        }
    }

    /** The same examples with the log-probabilities that do not change within the step. */
    private List<List<Example>> prepared(List<List<Example>> groups, Progress progress) {
        List<List<Example>> result = groups;
        if (settings.denominator() instanceof Recomputed recomputed) {
            Map<String, float[]> current = logProbs(learner::logProbs, groups, progress);
            result = each(result, example -> example.recomputed(of(example, current), recomputed.correction()));
        }
        if (anchor.isPresent()) {
            Map<String, float[]> reference = logProbs(anchor.get()::logProbs, groups, progress);
            result = each(result, example -> example.referenced(of(example, reference)));
        }
        return result;
    }

    private interface Policy {
        float[][] logProbs(List<PackedExample> microBatch);
    }

    /** By example. */
    private Map<String, float[]> logProbs(Policy policy, List<List<Example>> groups, Progress progress) {
        List<Example> examples = groups.stream().flatMap(List::stream).toList();
        return ExampleBatches.compute(examples, settings.microBatchTokens(), batch -> {
            checkStop.run();
            float[][] logProbs = policy.logProbs(packed(batch));
            progress.passed(ExampleBatches.rows(batch));
            return logProbs;
        });
    }

    private static float[] of(Example example, Map<String, float[]> byId) {
        return Objects.requireNonNull(byId.get(example.id()));
    }

    private static List<List<Example>> each(List<List<Example>> groups, UnaryOperator<Example> change) {
        return groups.stream().map(group -> group.stream().map(change).toList()).toList();
    }

    private static List<PackedExample> packed(List<Example> examples) {
        return examples.stream().map(Example::packed).toList();
    }

    private static long tokens(List<List<Example>> groups) {
        return groups.stream()
                .flatMap(List::stream)
                .mapToLong(example -> example.packed().targets().length)
                .sum();
    }
}
