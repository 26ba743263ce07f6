package dev.tracerl.reward;

import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.Segment;
import dev.tracerl.schemas.avro.StopReason;
import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.VerdictOutcome;
import dev.tracerl.schemas.avro.VerificationAnswer;
import dev.tracerl.schemas.avro.VerificationRequest;
import dev.tracerl.schemas.avro.WeightKind;
import dev.tracerl.schemas.avro.WeightManifest;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What rollouts, the trainer and the command line write, for tests. The task: a sudoku with four blanks. */
public final class Records {

    public static final String RIGHT = "1234341221434321";
    public static final String WRONG = "1234341221434311";

    private static final String GIVENS = "1234341221430000";
    private static final int PROMPT_TOKENS = 6;

    private Records() {}

    public static Task task(String set, int index) {
        return Task.newBuilder()
                .setTaskId(Ids.task(set, index))
                .setSet(set)
                .setIndex(index)
                .setKind("sudoku")
                .setPrompt(GIVENS)
                .setInputs(Map.of("givens", GIVENS))
                .build();
    }

    /** What a worker found. */
    public static VerificationAnswer found(VerificationRequest request, double score) {
        return VerificationAnswer.newBuilder()
                .setTrajectoryId(request.getTrajectoryId())
                .setGroupId(request.getGroupId())
                .setRunId(request.getRunId())
                .setSample(request.getSample())
                .setWorker("verifier-0")
                .setVerifier(request.getTask().getKind())
                .setVerifierVersion("1")
                .setOutcome(score == 1 ? VerdictOutcome.CORRECT : VerdictOutcome.INCORRECT)
                .setScore(score)
                .setOperations(3)
                .setMicros(4)
                .build();
    }

    public static WeightManifest manifest(long version) {
        return WeightManifest.newBuilder()
                .setModelId(Runs.RUN)
                .setVersion(version)
                .setKind(WeightKind.FULL)
                .setSha256("0")
                .setSize(0)
                .setStore(StoreKind.KAFKA)
                .setLocation("0:0")
                .setChunks(0)
                .setStep(version)
                .setCreatedAt(Instant.EPOCH)
                .build();
    }

    public static TrainStep step(long step, List<String> groups) {
        return TrainStep.newBuilder()
                .setRunId(Runs.RUN)
                .setStep(step)
                .setVersion(step)
                .setPublished(true)
                .setGroups(groups)
                .setInputs(List.of())
                .setUpdates(step)
                .setLearningRate(0)
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

    /** The outcome that the trainer writes. */
    public static GroupOutcome outcome(TrainingGroup group, Outcome outcome) {
        return GroupOutcome.newBuilder()
                .setGroupId(group.getGroupId())
                .setSequence(group.getSequence())
                .setRunId(group.getRunId())
                .setPurpose(dev.tracerl.schemas.avro.Purpose.TRAINING)
                .setTaskId(group.getTaskId())
                .setOutcome(outcome)
                .setSamples(group.getOutcomes())
                .setDecidedBy("trainer-consumer")
                .setAt(Instant.EPOCH)
                .build();
    }

    /** A well-formed response to a request. */
    public static Trajectory trajectory(RolloutRequest request, int sample, String answer) {
        long version = request.getPinnedVersion() == null ? request.getIssuedAtVersion() : request.getPinnedVersion();
        return Trajectory.newBuilder()
                .setTrajectoryId(Ids.trajectory(request.getGroupId(), sample))
                .setGroupId(request.getGroupId())
                .setRunId(request.getRunId())
                .setSequence(request.getSequence())
                .setSample(sample)
                .setSamples(request.getSamples())
                .setPurpose(request.getPurpose())
                .setEvaluationId(request.getEvaluationId())
                .setTaskId(request.getTask().getTaskId())
                .setEpoch(request.getEpoch())
                .setSampler(request.getSampler())
                .setSegments(new ArrayList<>(List.of(prompt(), response(answer))))
                .setBlockVersions(Packed.longs(versions(answer, version)))
                .setForwards(8)
                .setStopReason(StopReason.END_OF_TEXT)
                .setWorker("rollout-0")
                .setQueuedMillis(1)
                .setSamplingMillis(2)
                .setCreatedAt(Instant.EPOCH)
                .build();
    }

    /** One entry per block: the prompt's remainder fills the start of the first one. */
    private static long[] versions(String answer, long version) {
        int tokens = responseTokens(answer);
        int blocks = (PROMPT_TOKENS + tokens) / Runs.BLOCK - PROMPT_TOKENS / Runs.BLOCK;
        long[] versions = new long[blocks];
        Arrays.fill(versions, version);
        return versions;
    }

    /** The answer, an end of text, and padding to the end of the last block. */
    private static int responseTokens(String answer) {
        int end = PROMPT_TOKENS + answer.length() + 1;
        return (end + Runs.BLOCK - 1) / Runs.BLOCK * Runs.BLOCK - PROMPT_TOKENS;
    }

    private static Segment prompt() {
        return Segment.newBuilder()
                .setRole("user")
                .setGenerated(false)
                .setText("prompt")
                .setTokens(Packed.ints(new int[] {1, 2, 3, 4, 5, 6}))
                .setOffsets(Packed.ints(new int[] {0, 1, 2, 3, 4, 5}))
                .setStepMap(ByteBuffer.allocate(0))
                .setLogProbs(ByteBuffer.allocate(0))
                .setKeptTokens(PROMPT_TOKENS)
                .build();
    }

    private static Segment response(String answer) {
        int tokens = responseTokens(answer);
        float[] logProbs = new float[tokens];
        Arrays.fill(logProbs, -0.5f);
        return Segment.newBuilder()
                .setRole("assistant")
                .setGenerated(true)
                .setText(answer)
                .setTokens(Packed.ints(IntStream.range(0, tokens).toArray()))
                .setOffsets(Packed.ints(IntStream.range(0, tokens)
                        .map(i -> Math.min(i, answer.length()))
                        .toArray()))
                .setStepMap(Packed.ints(IntStream.rangeClosed(1, tokens).toArray()))
                .setLogProbs(Packed.floats(logProbs))
                .setKeptTokens(answer.length() + 1)
                .build();
    }
}
