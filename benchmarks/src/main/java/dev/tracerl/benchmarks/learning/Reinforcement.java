package dev.tracerl.benchmarks.learning;

import dev.tracerl.core.advantage.GroupAdvantage;
import dev.tracerl.core.decode.SampledResponse;
import dev.tracerl.core.loss.KlEstimator;
import dev.tracerl.core.loss.LossNormalization;
import dev.tracerl.core.pack.MicroBatches;
import dev.tracerl.core.pack.PackSettings;
import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.core.pack.TracePacker;
import dev.tracerl.core.pack.TracedResponse;
import dev.tracerl.core.schedule.LearningRateSchedule;
import dev.tracerl.model.training.LossSettings;
import dev.tracerl.model.training.PolicyTrainer;
import dev.tracerl.model.training.StepLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Steps of TraceRL on groups of sampled responses. */
final class Reinforcement {
    private final LoopOptions options;
    private final PolicyTrainer trainer;
    private final PackSettings packing;
    private final LearningRateSchedule rate;
    private final GroupAdvantage advantage;
    private int steps;

    Reinforcement(LoopOptions options, PolicyTrainer trainer, int maskToken) {
        this.options = options;
        this.trainer = trainer;
        this.packing = new PackSettings(
                4,
                options.integer("shrink"),
                maskToken,
                LossNormalization.valueOf(options.text("normalization")),
                SudokuTask.MAX_TOKENS);
        this.rate = new LearningRateSchedule(
                LearningRateSchedule.Kind.CONSTANT, options.real("rate"), options.integer("rateRamp"), 0, 1);
        this.advantage = GroupAdvantage.valueOf(options.text("advantage"));
    }

    /** Trains on the groups; returns the diagnostics of the last minibatch, the only one off policy by most steps. */
    StepLoss train(List<Rollouts.Group> groups) {
        StepLoss last = StepLoss.none();
        int parts = options.integer("minibatches");
        List<PackedExample> examples = new ArrayList<>();
        groups.forEach(group -> examples.addAll(pack(group)));
        List<PackedExample> prepared = denominators(examples);
        for (int epoch = 0; epoch < options.integer("epochs"); epoch++) {
            for (int part = 0; part < parts; part++) {
                int from = prepared.size() * part / parts;
                last = step(prepared.subList(from, prepared.size() * (part + 1) / parts));
            }
        }
        return last;
    }

    private StepLoss step(List<PackedExample> examples) {
        LossSettings settings = new LossSettings(
                LossSettings.Kind.CLIPPED,
                options.real("clip"),
                options.real("klBeta"),
                KlEstimator.K3,
                options.real("temperature"),
                1.0 / Math.max(1, examples.size()));
        StepLoss loss = StepLoss.none();
        for (List<PackedExample> batch : batches(examples)) {
            loss = loss.plus(trainer.accumulate(batch, settings));
        }
        trainer.apply(rate.at(steps++));
        return loss;
    }

    /** Groups whose rewards are all equal teach nothing and are left out. */
    private List<PackedExample> pack(Rollouts.Group group) {
        double[] rewards = group.scores();
        if (options.text("reward").equals("outcome")) {
            rewards = Arrays.stream(rewards).map(score -> score >= 1 ? 1 : 0).toArray();
        }
        List<PackedExample> examples = new ArrayList<>();
        double[] advantages = advantage.advantages(rewards);
        if (Arrays.stream(advantages).allMatch(a -> a == 0)) {
            return examples;
        }
        for (int i = 0; i < advantages.length; i++) {
            SampledResponse response = group.responses().get(i);
            float[] each = TracedResponse.repeat((float) advantages[i], response.tokens().length);
            examples.add(TracePacker.pack(
                    new TracedResponse(
                            group.task().prompt(),
                            response.tokens(),
                            response.keptTokens(),
                            response.stepMap(),
                            response.logProbs(),
                            each),
                    packing));
        }
        return examples;
    }

    private List<PackedExample> denominators(List<PackedExample> examples) {
        if (options.text("denominator").equals("recorded")) {
            return examples;
        }
        List<PackedExample> recomputed = new ArrayList<>();
        for (List<PackedExample> batch : batches(examples)) {
            float[][] logProbs = trainer.logProbs(batch, options.real("temperature"));
            for (int i = 0; i < logProbs.length; i++) {
                recomputed.add(withLogProbs(batch.get(i), logProbs[i]));
            }
        }
        return recomputed;
    }

    private List<List<PackedExample>> batches(List<PackedExample> examples) {
        return MicroBatches.of(examples, options.integer("microRows"));
    }

    private static PackedExample withLogProbs(PackedExample example, float[] logProbs) {
        return new PackedExample(
                example.tokens(),
                example.positions(),
                example.clean(),
                example.copy(),
                example.cleanLength(),
                example.targets(),
                example.labels(),
                example.advantages(),
                logProbs,
                example.weights(),
                new float[0]);
    }
}
