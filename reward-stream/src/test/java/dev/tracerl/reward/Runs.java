package dev.tracerl.reward;

import dev.tracerl.schemas.avro.EvaluationPlan;
import dev.tracerl.schemas.avro.GroupSpec;
import dev.tracerl.schemas.avro.InitialWeights;
import dev.tracerl.schemas.avro.LossSpec;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.ModelSpec;
import dev.tracerl.schemas.avro.OptimizerSpec;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.SamplerSpec;
import dev.tracerl.schemas.avro.StopRule;
import dev.tracerl.schemas.avro.TaskSet;
import dev.tracerl.schemas.avro.Unmasking;
import dev.tracerl.schemas.avro.WeightPlan;
import dev.tracerl.schemas.avro.WeightSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Runs for tests: 2 groups of 2 samples per step, serial, without evaluation. */
public final class Runs {

    public static final String RUN = "toy";
    public static final String TRAIN = "toy-train";
    public static final String TEST = "toy-test";
    public static final int TASKS = 6;
    public static final int BLOCK = 4;

    private Runs() {}

    public static RunSpec run() {
        return RunSpec.newBuilder()
                .setRunId(RUN)
                .setMethod(Method.TRACERL)
                .setSeed(7)
                .setModel(model())
                .setTasks(new ArrayList<>(List.of(new TaskSet(TRAIN, TASKS, 1.0))))
                .setSampler(sampler())
                .setGroups(groups())
                .setLoss(LossSpec.newBuilder().build())
                .setOptimizer(OptimizerSpec.newBuilder().setLearningRate(1e-3).build())
                .setEvaluation(new ArrayList<>())
                .setStop(StopRule.newBuilder().setMaxSteps(100).build())
                .setWeights(WeightPlan.newBuilder().build())
                .setCreatedAt(Instant.EPOCH)
                .build();
    }

    private static ModelSpec model() {
        return ModelSpec.newBuilder()
                .setConfig("{}")
                .setTokenizer("{}")
                .setInitial(InitialWeights.newBuilder()
                        .setSource(WeightSource.RANDOM)
                        .build())
                .build();
    }

    private static GroupSpec groups() {
        return GroupSpec.newBuilder()
                .setGroupsPerStep(2)
                .setSamplesPerGroup(2)
                .setMaxLag(0)
                .setTimeoutMillis(10_000)
                .build();
    }

    public static SamplerSpec sampler() {
        return SamplerSpec.newBuilder()
                .setBlockSize(BLOCK)
                .setStepsPerBlock(BLOCK)
                .setUnmasking(Unmasking.DYNAMIC)
                .setMaxTokens(16)
                .build();
    }

    /** A plan for the first tasks of the test set. */
    public static EvaluationPlan plan(int count, int samples, int everyVersions) {
        return EvaluationPlan.newBuilder()
                .setSet(TEST)
                .setCount(count)
                .setSamplesPerTask(samples)
                .setEveryVersions(everyVersions)
                .setSampler(sampler())
                .build();
    }
}
