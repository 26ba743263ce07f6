package dev.tracerl.benchmarks.stream;

import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.Packed;
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
import dev.tracerl.schemas.avro.Segment;
import dev.tracerl.schemas.avro.StopReason;
import dev.tracerl.schemas.avro.StopRule;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.schemas.avro.TaskSet;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.Unmasking;
import dev.tracerl.schemas.avro.WeightPlan;
import dev.tracerl.schemas.avro.WeightSource;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Groups of sudoku responses, as the demonstration's run samples them: every other response is wrong.
 *
 * @param samples responses per group
 */
record Workload(String runId, int groups, int samples) {

    private static final int BLOCK = 4;
    private static final int PROMPT = 20;
    private static final String GIVENS = "1234341221430000";
    private static final String RIGHT = "1234341221434321";
    private static final String WRONG = "1234341221434311";
    private static final SamplerSpec SAMPLER = SamplerSpec.newBuilder()
            .setBlockSize(BLOCK)
            .setStepsPerBlock(BLOCK)
            .setUnmasking(Unmasking.DYNAMIC)
            .setMaxTokens(20)
            .build();

    int trajectories() {
        return groups * samples;
    }

    RunSpec run() {
        return RunSpec.newBuilder()
                .setRunId(runId)
                .setMethod(Method.TRACERL)
                .setSeed(1)
                .setModel(ModelSpec.newBuilder()
                        .setConfig("{}")
                        .setTokenizer("{}")
                        .setInitial(InitialWeights.newBuilder()
                                .setSource(WeightSource.RANDOM)
                                .build())
                        .build())
                .setTasks(List.of(new TaskSet("sudoku", 1, 1.0)))
                .setSampler(SAMPLER)
                .setGroups(GroupSpec.newBuilder()
                        .setGroupsPerStep(16)
                        .setSamplesPerGroup(samples)
                        .setTimeoutMillis(3_600_000)
                        .build())
                .setLoss(LossSpec.newBuilder().build())
                .setOptimizer(OptimizerSpec.newBuilder().setLearningRate(1e-3).build())
                .setEvaluation(List.of())
                .setStop(StopRule.newBuilder().setMaxSteps(1).build())
                .setWeights(WeightPlan.newBuilder().build())
                .setCreatedAt(Instant.EPOCH)
                .build();
    }

    RolloutRequest request(int group) {
        return RolloutRequest.newBuilder()
                .setRunId(runId)
                .setGroupId(Ids.group(runId, Purpose.TRAINING, group))
                .setSequence(group)
                .setPurpose(Purpose.TRAINING)
                .setTask(Task.newBuilder()
                        .setTaskId("sudoku/0")
                        .setSet("sudoku")
                        .setIndex(0)
                        .setKind("sudoku")
                        .setPrompt(GIVENS)
                        .setInputs(Map.of("givens", GIVENS))
                        .build())
                .setEpoch(0)
                .setSamples(samples)
                .setSampler(SAMPLER)
                .setSeed(1)
                .setIssuedAtVersion(0)
                .setIssuedAt(Instant.now())
                .build();
    }

    Trajectory trajectory(int group, int sample) {
        String answer = sample % 2 == 0 ? RIGHT : WRONG;
        return Trajectory.newBuilder()
                .setTrajectoryId(Ids.trajectory(Ids.group(runId, Purpose.TRAINING, group), sample))
                .setGroupId(Ids.group(runId, Purpose.TRAINING, group))
                .setRunId(runId)
                .setSequence(group)
                .setSample(sample)
                .setSamples(samples)
                .setPurpose(Purpose.TRAINING)
                .setTaskId("sudoku/0")
                .setEpoch(0)
                .setSampler(SAMPLER)
                .setSegments(List.of(segment("user", GIVENS, PROMPT, 0), segment("assistant", answer, 20, 17)))
                .setBlockVersions(Packed.longs(new long[20 / BLOCK]))
                .setForwards(20)
                .setStopReason(StopReason.END_OF_TEXT)
                .setWorker("benchmark")
                .setQueuedMillis(1)
                .setSamplingMillis(1)
                .setCreatedAt(Instant.EPOCH)
                .build();
    }

    /** @param kept kept tokens of a generated segment; 0 for a given one */
    private static Segment segment(String role, String text, int tokens, int kept) {
        float[] logProbs = new float[tokens];
        Arrays.fill(logProbs, -0.5f);
        boolean generated = kept > 0;
        return Segment.newBuilder()
                .setRole(role)
                .setGenerated(generated)
                .setText(text)
                .setTokens(Packed.ints(IntStream.range(0, tokens).toArray()))
                .setOffsets(Packed.ints(IntStream.range(0, tokens)
                        .map(i -> Math.min(i, text.length()))
                        .toArray()))
                .setStepMap(
                        generated ? Packed.ints(IntStream.rangeClosed(1, tokens).toArray()) : ByteBuffer.allocate(0))
                .setLogProbs(generated ? Packed.floats(logProbs) : ByteBuffer.allocate(0))
                .setKeptTokens(generated ? kept : tokens)
                .build();
    }
}
