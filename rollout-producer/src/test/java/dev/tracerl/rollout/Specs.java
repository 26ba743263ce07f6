package dev.tracerl.rollout;

import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.text.ToyTokenizer;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.avro.GroupSpec;
import dev.tracerl.schemas.avro.InitialWeights;
import dev.tracerl.schemas.avro.LossSpec;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.ModelSpec;
import dev.tracerl.schemas.avro.OptimizerSpec;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.SamplerSpec;
import dev.tracerl.schemas.avro.StopRule;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.schemas.avro.Unmasking;
import dev.tracerl.schemas.avro.WeightPlan;
import dev.tracerl.schemas.avro.WeightSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Specifications of a toy run: digits in, digits out, a network of a few thousand weights. */
public final class Specs {

    public static final String ALPHABET = "0123456789";
    public static final int BLOCK = 4;

    private Specs() {}

    /** @param maxPositions positions that prompt and response may take */
    public static ModelConfig model(int maxPositions) {
        return new ModelConfig(
                "sdar",
                ToyTokenizer.vocabSize(ALPHABET),
                16,
                32,
                1,
                2,
                1,
                8,
                1e-6,
                10_000,
                true,
                false,
                false,
                maxPositions,
                BLOCK,
                ToyTokenizer.mask(ALPHABET),
                List.of(ToyTokenizer.endOfText(ALPHABET)),
                ToyTokenizer.pad(ALPHABET),
                0.02);
    }

    /** A full-attention model with shifted scores. */
    public static ModelConfig dream() {
        return new ModelConfig(
                "Dream",
                ToyTokenizer.vocabSize(ALPHABET),
                16,
                32,
                1,
                2,
                1,
                8,
                1e-6,
                10_000,
                false,
                true,
                false,
                64,
                BLOCK,
                ToyTokenizer.mask(ALPHABET),
                List.of(ToyTokenizer.endOfText(ALPHABET)),
                ToyTokenizer.pad(ALPHABET),
                0.02);
    }

    public static RunSpec run(String runId) {
        return RunSpec.newBuilder()
                .setRunId(runId)
                .setMethod(Method.TRACERL)
                .setSeed(7)
                .setModel(ModelSpec.newBuilder()
                        .setConfig(model(64).toJson())
                        .setTokenizer(ToyTokenizer.characters(ALPHABET))
                        .setInitial(InitialWeights.newBuilder()
                                .setSource(WeightSource.RANDOM)
                                .build())
                        .build())
                .setSampler(sampler(12))
                .setGroups(GroupSpec.newBuilder()
                        .setGroupsPerStep(4)
                        .setSamplesPerGroup(3)
                        .build())
                .setLoss(LossSpec.newBuilder().build())
                .setOptimizer(OptimizerSpec.newBuilder().setLearningRate(1e-3).build())
                .setStop(StopRule.newBuilder().setMaxSteps(10).build())
                .setWeights(WeightPlan.newBuilder().build())
                .setCreatedAt(Instant.now())
                .build();
    }

    public static SamplerSpec sampler(int maxTokens) {
        return SamplerSpec.newBuilder()
                .setBlockSize(BLOCK)
                .setStepsPerBlock(BLOCK)
                .setUnmasking(Unmasking.STATIC)
                .setMaxTokens(maxTokens)
                .build();
    }

    public static RolloutRequest training(String runId, long sequence, String prompt) {
        return request(runId, Purpose.TRAINING, sequence, prompt).build();
    }

    public static RolloutRequest evaluation(String runId, long sequence, String prompt, long version) {
        return request(runId, Purpose.EVALUATION, sequence, prompt)
                .setPinnedVersion(version)
                .setEvaluationId(Ids.evaluation("digits-test", version))
                .build();
    }

    public static RolloutRequest.Builder request(String runId, Purpose purpose, long sequence, String prompt) {
        int index = (int) sequence;
        return RolloutRequest.newBuilder()
                .setRunId(runId)
                .setGroupId(Ids.group(runId, purpose, sequence))
                .setSequence(sequence)
                .setPurpose(purpose)
                .setTask(Task.newBuilder()
                        .setTaskId(Ids.task("digits", index))
                        .setSet("digits")
                        .setIndex(index)
                        .setKind("digits")
                        .setPrompt(prompt)
                        .setInputs(Map.of())
                        .build())
                .setEpoch(0)
                .setSamples(3)
                .setSampler(sampler(12))
                .setSeed(7)
                .setIssuedAtVersion(0)
                .setIssuedAt(Instant.now());
    }
}
