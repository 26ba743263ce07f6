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
import java.util.stream.IntStream;

/**
 * Groups of responses of one shape.
 *
 * @param samples responses per group
 */
record Workload(Shape shape, String runId, int groups, int samples) {

    private static final int BLOCK = 4;
    private static final String PROMPT = "1234341221430000";
    private static final SamplerSpec SAMPLER = SamplerSpec.newBuilder()
            .setBlockSize(BLOCK)
            .setStepsPerBlock(BLOCK)
            .setUnmasking(Unmasking.DYNAMIC)
            .setMaxTokens(512)
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
                .setTasks(List.of(new TaskSet(shape.kind, 1, 1.0)))
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
                        .setTaskId(taskId())
                        .setSet(shape.kind)
                        .setIndex(0)
                        .setKind(shape.kind)
                        .setPrompt(PROMPT)
                        .setInputs(shape.inputs)
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
        String answer = shape.answer(sample % 2 == 0);
        Shape.Lengths lengths = shape.lengths;
        return Trajectory.newBuilder()
                .setTrajectoryId(Ids.trajectory(Ids.group(runId, Purpose.TRAINING, group), sample))
                .setGroupId(Ids.group(runId, Purpose.TRAINING, group))
                .setRunId(runId)
                .setSequence(group)
                .setSample(sample)
                .setSamples(samples)
                .setPurpose(Purpose.TRAINING)
                .setTaskId(taskId())
                .setEpoch(0)
                .setSampler(SAMPLER)
                .setSegments(List.of(
                        segment("user", PROMPT, lengths.prompt(), 0),
                        segment("assistant", answer, lengths.response(), lengths.kept())))
                .setBlockVersions(Packed.longs(new long[lengths.response() / BLOCK]))
                .setForwards(lengths.response())
                .setStopReason(StopReason.END_OF_TEXT)
                .setWorker("benchmark")
                .setQueuedMillis(1)
                .setSamplingMillis(1)
                .setCreatedAt(Instant.EPOCH)
                .build();
    }

    private String taskId() {
        return shape.kind + "/0";
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
