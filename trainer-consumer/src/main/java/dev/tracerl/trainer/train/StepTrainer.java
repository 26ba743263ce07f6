package dev.tracerl.trainer.train;

import dev.tracerl.core.loss.Correction;
import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.model.training.NonFiniteLossException;
import dev.tracerl.model.training.StepLoss;
import dev.tracerl.trainer.batch.Example;
import dev.tracerl.trainer.batch.MicroBatches;
import dev.tracerl.trainer.batch.Minibatches;
import dev.tracerl.trainer.train.StepSettings.Recomputed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Trains on the groups of one step. A minibatch's loss is the mean over its responses of their weighted target losses;
 * the weights come with the examples.
 */
public final class StepTrainer {

    private final Learner learner;
    private final StepSettings settings;
    private final Runnable checkStop;

    /**
     * A trainer on a learner.
     *
     * @param checkStop called before every micro-batch; what it throws abandons the step
     */
    public StepTrainer(Learner learner, StepSettings settings, Runnable checkStop) {
        this.learner = learner;
        this.settings = settings;
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
        List<List<Example>> prepared = settings.denominator() instanceof Recomputed recomputed
                ? recomputed(groups, recomputed.correction(), progress)
                : groups;
        for (int epoch = 0; epoch < settings.epochs(); epoch++) {
            for (List<Example> minibatch : Minibatches.split(prepared, settings.minibatches())) {
                update(minibatch, progress);
            }
        }
        return progress.result(tokens(groups));
    }

    private void update(List<Example> minibatch, Progress progress) {
        for (List<Example> part : MicroBatches.of(minibatch, settings.microBatchTokens())) {
            checkStop.run();
            progress.add(accumulate(part, 1.0 / minibatch.size()), rows(part));
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

    /** The same examples with the current parameters' log-probabilities as denominators. */
    private List<List<Example>> recomputed(List<List<Example>> groups, Correction correction, Progress progress) {
        List<Example> all = groups.stream().flatMap(List::stream).toList();
        Map<String, Example> byId = new HashMap<>();
        for (List<Example> part : MicroBatches.of(all, settings.microBatchTokens())) {
            checkStop.run();
            float[][] logProbs = learner.logProbs(packed(part));
            for (int i = 0; i < part.size(); i++) {
                byId.put(part.get(i).id(), part.get(i).recomputed(logProbs[i], correction));
            }
            progress.passed(rows(part));
        }
        List<List<Example>> result = new ArrayList<>();
        for (List<Example> group : groups) {
            result.add(group.stream().map(example -> byId.get(example.id())).toList());
        }
        return result;
    }

    private static List<PackedExample> packed(List<Example> examples) {
        return examples.stream().map(Example::packed).toList();
    }

    private static long rows(List<Example> examples) {
        return examples.stream().mapToLong(example -> example.packed().rows()).sum();
    }

    private static long tokens(List<List<Example>> groups) {
        return groups.stream()
                .flatMap(List::stream)
                .mapToLong(example -> example.packed().targets().length)
                .sum();
    }
}
