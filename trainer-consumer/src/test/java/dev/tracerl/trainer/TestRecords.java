package dev.tracerl.trainer;

import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.SampleOutcome;
import dev.tracerl.schemas.avro.SampleResult;
import dev.tracerl.schemas.avro.Segment;
import dev.tracerl.schemas.avro.StopReason;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.schemas.avro.TrainingSample;
import dev.tracerl.schemas.avro.Trajectory;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Records that reach the trainer. */
public final class TestRecords {

    /** The end of text of {@link TestRuns#MODEL}. */
    public static final int END = 11;

    private static final int PLUS = 10;

    private TestRecords() {}

    /** A demonstration: repeat a digit four times, then end. Prompt and response fill whole blocks. */
    public static Trajectory demonstration(String runId, int index) {
        int digit = index % 10;
        return Trajectory.newBuilder()
                .setTrajectoryId("demo-" + index)
                .setGroupId("demo-" + index)
                .setRunId(runId)
                .setSequence(index)
                .setSample(0)
                .setSamples(1)
                .setPurpose(Purpose.TRAINING)
                .setTaskId("repeat/" + index)
                .setEpoch(0)
                .setSampler(TestRuns.sampler().build())
                .setSegments(List.of(
                        segment(false, new int[] {digit, PLUS, PLUS, PLUS}, 4),
                        segment(true, new int[] {digit, digit, digit, digit, END, END, END, END}, 5)))
                .setBlockVersions(Packed.longs(new long[0]))
                .setForwards(0)
                .setStopReason(StopReason.END_OF_TEXT)
                .setWorker("test")
                .setQueuedMillis(0)
                .setSamplingMillis(0)
                .setCreatedAt(Instant.EPOCH)
                .build();
    }

    private static Segment segment(boolean generated, int[] tokens, int kept) {
        return Segment.newBuilder()
                .setRole(generated ? "assistant" : "user")
                .setGenerated(generated)
                .setText("")
                .setTokens(Packed.ints(tokens))
                .setOffsets(Packed.ints(new int[tokens.length]))
                .setStepMap(ByteBuffer.allocate(0))
                .setLogProbs(ByteBuffer.allocate(0))
                .setKeptTokens(kept)
                .build();
    }

    /** A group of two samples, one of them right, that was sampled with a version. */
    public static TrainingGroup group(String runId, long sequence, long version) {
        String groupId = Ids.group(runId, Purpose.TRAINING, sequence);
        List<TrainingSample> samples = new ArrayList<>();
        List<SampleOutcome> outcomes = new ArrayList<>();
        for (int sample = 0; sample < 2; sample++) {
            samples.add(sample(groupId, sequence, sample, version));
            outcomes.add(SampleOutcome.newBuilder()
                    .setSample(sample)
                    .setStatus(SampleResult.REWARDED)
                    .setReward((double) sample)
                    .build());
        }
        return TrainingGroup.newBuilder()
                .setGroupId(groupId)
                .setSequence(sequence)
                .setRunId(runId)
                .setTaskId("repeat/" + sequence)
                .setEpoch(0)
                .setSampler(TestRuns.sampler().build())
                .setSamples(samples)
                .setOutcomes(outcomes)
                .setMeanReward(0.5)
                .setIssuedAtVersion(version)
                .setOldestVersion(version)
                .setClosedAt(Instant.EPOCH)
                .build();
    }

    /** Response of one block or two; rewards 0 and 1, advantages -1 and 1. */
    private static TrainingSample sample(String groupId, long sequence, int sample, long version) {
        int length = 4 * (1 + (int) (sequence % 2));
        int[] response = IntStream.range(0, length)
                .map(i -> (int) (sequence + i + sample) % 10)
                .toArray();
        float[] logProbs = new float[length];
        Arrays.fill(logProbs, -2.5f);
        long[] versions = new long[length / 4];
        Arrays.fill(versions, version);
        return TrainingSample.newBuilder()
                .setTrajectoryId(Ids.trajectory(groupId, sample))
                .setSample(sample)
                .setPromptTokens(Packed.ints(new int[] {(int) (sequence % 10), PLUS, PLUS, PLUS}))
                .setResponseTokens(Packed.ints(response))
                .setKeptTokens(length)
                .setStepMap(Packed.ints(IntStream.rangeClosed(1, length).toArray()))
                .setLogProbs(Packed.floats(logProbs))
                .setBlockVersions(Packed.longs(versions))
                .setReward(sample)
                .setAdvantage(2.0 * sample - 1)
                .build();
    }

    /** A step that used nothing. */
    public static TrainStep step(String runId, long step) {
        return TrainStep.newBuilder()
                .setRunId(runId)
                .setStep(step)
                .setVersion(step)
                .setPublished(true)
                .setGroups(List.of())
                .setInputs(List.of())
                .setUpdates(step)
                .setLearningRate(1e-3)
                .setLoss(0)
                .setPolicyLoss(0)
                .setKlLoss(0)
                .setKl(0)
                .setClipFraction(0)
                .setGradientNorm(0)
                .setEffectiveSampleRatio(1)
                .setSamples(0)
                .setTokens(0)
                .setPackedTokens(0)
                .setLagMean(0)
                .setLagMax(0)
                .setWaitMillis(0)
                .setTrainMillis(0)
                .setPublishMillis(0)
                .setAt(Instant.EPOCH)
                .build();
    }

    /** The outcome of a group that never reaches the trainer. */
    public static GroupOutcome filtered(String runId, long sequence) {
        return GroupOutcome.newBuilder()
                .setGroupId(Ids.group(runId, Purpose.TRAINING, sequence))
                .setSequence(sequence)
                .setRunId(runId)
                .setPurpose(Purpose.TRAINING)
                .setTaskId("repeat/" + sequence)
                .setOutcome(Outcome.FILTERED)
                .setSamples(List.of())
                .setDecidedBy("reward-stream")
                .setAt(Instant.EPOCH)
                .build();
    }
}
