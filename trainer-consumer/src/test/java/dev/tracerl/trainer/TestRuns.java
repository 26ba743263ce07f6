package dev.tracerl.trainer;

import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.schemas.avro.AdvantageKind;
import dev.tracerl.schemas.avro.GroupSpec;
import dev.tracerl.schemas.avro.InitialWeights;
import dev.tracerl.schemas.avro.LossSpec;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.ModelSpec;
import dev.tracerl.schemas.avro.OptimizerSpec;
import dev.tracerl.schemas.avro.OptimizerStart;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.SamplerSpec;
import dev.tracerl.schemas.avro.StopRule;
import dev.tracerl.schemas.avro.TaskSet;
import dev.tracerl.schemas.avro.Unmasking;
import dev.tracerl.schemas.avro.WeightPlan;
import dev.tracerl.schemas.avro.WeightSource;
import java.time.Instant;
import java.util.List;

/** Runs of a tiny model, to be varied by tests. */
public final class TestRuns {

    /** A model of 14 tokens (0 to 9, plus, end, mask, padding) that trains in milliseconds. */
    public static final ModelConfig MODEL = new ModelConfig(
            "sdar", 14, 16, 32, 1, 2, 1, 8, 1e-6, 10_000, true, false, true, 64, 4, 12, List.of(11), 13, 0.02);

    private TestRuns() {}

    /** A run of a method: 2 groups of 2 samples a step, 4 steps, every version published. */
    public static RunSpec.Builder run(String runId, Method method) {
        return RunSpec.newBuilder()
                .setRunId(runId)
                .setMethod(method)
                .setSeed(7)
                .setModel(model())
                .setTasks(
                        List.of(TaskSet.newBuilder().setSet("train").setCount(8).build()))
                .setSampler(sampler().build())
                .setGroups(groups().build())
                .setLoss(LossSpec.newBuilder().build())
                .setOptimizer(OptimizerSpec.newBuilder().setLearningRate(1e-2).build())
                .setStop(StopRule.newBuilder().setMaxSteps(4).build())
                .setWeights(WeightPlan.newBuilder().build())
                .setCreatedAt(Instant.ofEpochMilli(1_000));
    }

    /** The tiny model with random weights. */
    public static ModelSpec model() {
        return ModelSpec.newBuilder()
                .setConfig(MODEL.toJson())
                .setTokenizer("")
                .setInitial(InitialWeights.newBuilder()
                        .setSource(WeightSource.RANDOM)
                        .setSeed(3)
                        .build())
                .build();
    }

    /** Weights and optimizer of another run's version. */
    public static InitialWeights kept(String runId, long version) {
        return InitialWeights.newBuilder()
                .setSource(WeightSource.RUN)
                .setRunId(runId)
                .setVersion(version)
                .setOptimizerState(OptimizerStart.KEEP)
                .build();
    }

    /** Blocks of 4, one token a step, 8 tokens at most. */
    public static SamplerSpec.Builder sampler() {
        return SamplerSpec.newBuilder()
                .setBlockSize(4)
                .setStepsPerBlock(4)
                .setUnmasking(Unmasking.STATIC)
                .setMaxTokens(8);
    }

    /** 2 groups of 2 samples a step, no lag. */
    public static GroupSpec.Builder groups() {
        return GroupSpec.newBuilder()
                .setGroupsPerStep(2)
                .setSamplesPerGroup(2)
                .setMaxLag(0)
                .setAdvantage(AdvantageKind.Z_SCORE);
    }
}
