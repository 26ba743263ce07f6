package dev.tracerl.ops.audit;

import dev.tracerl.ops.follow.Records;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.SampleOutcome;
import dev.tracerl.schemas.avro.SampleResult;
import dev.tracerl.schemas.avro.SamplerSpec;
import dev.tracerl.schemas.avro.StopReason;
import dev.tracerl.schemas.avro.Stray;
import dev.tracerl.schemas.avro.StrayKind;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.Unmasking;
import dev.tracerl.schemas.avro.Verdict;
import dev.tracerl.schemas.avro.VerdictOutcome;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;

/** The log of one run's training, as far as an audit reads it. */
public final class LogRecords {

    private static final SamplerSpec SAMPLER = SamplerSpec.newBuilder()
            .setBlockSize(4)
            .setStepsPerBlock(4)
            .setUnmasking(Unmasking.STATIC)
            .setMaxTokens(4)
            .build();

    private final String runId;
    private final int samples;
    private final List<RolloutRequest> requests = new ArrayList<>();
    private final List<Trajectory> trajectories = new ArrayList<>();
    private final List<Verdict> verdicts = new ArrayList<>();
    private final List<GroupOutcome> outcomes = new ArrayList<>();
    private final List<TrainStep> steps = new ArrayList<>();
    private final List<Stray> strays = new ArrayList<>();

    public LogRecords(String runId, int samples) {
        this.runId = runId;
        this.samples = samples;
    }

    Audit audit(boolean finished) {
        Audit audit = new Audit(runId, finished);
        steps.forEach(audit::add);
        outcomes.forEach(audit::add);
        verdicts.forEach(audit::add);
        strays.forEach(audit::add);
        trajectories.forEach(audit::add);
        requests.forEach(audit::add);
        return audit;
    }

    /** Hands over every record with the topic that it is for. */
    void each(RunTopics topics, BiConsumer<Topic<?>, SpecificRecord> handler) {
        requests.forEach(request -> handler.accept(topics.rolloutRequests(), request));
        trajectories.forEach(trajectory -> handler.accept(topics.trajectories(), trajectory));
        verdicts.forEach(verdict -> handler.accept(topics.verdicts(), verdict));
        strays.forEach(stray -> handler.accept(topics.strays(), stray));
        outcomes.forEach(outcome -> handler.accept(topics.groupOutcomes(), outcome));
        steps.forEach(step -> handler.accept(topics.trainSteps(), step));
    }

    /** A group from its request to its outcome. */
    public LogRecords group(long sequence, Outcome outcome, Long step) {
        requested(sequence);
        IntStream.range(0, samples)
                .forEach(sample -> trajectory(sequence, sample).verdict(sequence, sample));
        return outcome(sequence, outcome, step);
    }

    public LogRecords requested(long sequence) {
        requests.add(RolloutRequest.newBuilder()
                .setRunId(runId)
                .setGroupId(id(sequence))
                .setSequence(sequence)
                .setPurpose(Purpose.TRAINING)
                .setTask(Task.newBuilder()
                        .setTaskId("train/0")
                        .setSet("train")
                        .setIndex(0)
                        .setKind("sudoku")
                        .setPrompt("")
                        .setInputs(Map.of())
                        .build())
                .setEpoch(0)
                .setSamples(samples)
                .setSampler(SAMPLER)
                .setSeed(1)
                .setIssuedAtVersion(0)
                .setIssuedAt(Instant.EPOCH)
                .build());
        return this;
    }

    public LogRecords trajectory(long sequence, int sample) {
        trajectories.add(Trajectory.newBuilder()
                .setTrajectoryId(Ids.trajectory(id(sequence), sample))
                .setGroupId(id(sequence))
                .setRunId(runId)
                .setSequence(sequence)
                .setSample(sample)
                .setSamples(samples)
                .setPurpose(Purpose.TRAINING)
                .setTaskId("train/0")
                .setEpoch(0)
                .setSampler(SAMPLER)
                .setSegments(List.of())
                .setBlockVersions(ByteBuffer.allocate(0))
                .setForwards(1)
                .setStopReason(StopReason.END_OF_TEXT)
                .setWorker("test")
                .setQueuedMillis(0)
                .setSamplingMillis(1)
                .setCreatedAt(Instant.EPOCH)
                .build());
        return this;
    }

    /** A trajectory that was not used, at an offset of the trajectories. */
    LogRecords stray(long sequence, int sample, long offset) {
        strays.add(Stray.newBuilder()
                .setTrajectoryId(Ids.trajectory(id(sequence), sample))
                .setGroupId(id(sequence))
                .setRunId(runId)
                .setSample(sample)
                .setKind(StrayKind.AFTER_CLOSE)
                .setWorker("rollout-0")
                .setTopic(runId + ".trajectories")
                .setPartition(0)
                .setOffset(offset)
                .setAt(Instant.EPOCH)
                .build());
        return this;
    }

    LogRecords verdict(long sequence, int sample) {
        verdicts.add(Verdict.newBuilder()
                .setTrajectoryId(Ids.trajectory(id(sequence), sample))
                .setGroupId(id(sequence))
                .setRunId(runId)
                .setSample(sample)
                .setTaskId("train/0")
                .setPurpose(Purpose.TRAINING)
                .setVerifier("sudoku")
                .setVerifierVersion("1")
                .setOutcome(VerdictOutcome.CORRECT)
                .setOperations(1)
                .setMicros(1)
                .setAt(Instant.EPOCH)
                .build());
        return this;
    }

    LogRecords outcome(long sequence, Outcome outcome, Long step) {
        return outcome(sequence, outcome, step, samples);
    }

    /** @param rewarded how many of the samples have a reward */
    LogRecords outcome(long sequence, Outcome outcome, Long step, int rewarded) {
        outcomes.add(GroupOutcome.newBuilder()
                .setGroupId(id(sequence))
                .setSequence(sequence)
                .setRunId(runId)
                .setPurpose(Purpose.TRAINING)
                .setTaskId("train/0")
                .setOutcome(outcome)
                .setSamples(IntStream.range(0, samples)
                        .mapToObj(sample -> SampleOutcome.newBuilder()
                                .setSample(sample)
                                .setStatus(sample < rewarded ? SampleResult.REWARDED : SampleResult.MISSING)
                                .setReward(sample < rewarded ? 1.0 : null)
                                .build())
                        .toList())
                .setStep(step)
                .setDecidedBy("test")
                .setAt(Instant.EPOCH)
                .build());
        return this;
    }

    public LogRecords step(long step, long... sequences) {
        TrainStep record = Records.trainStep(runId, step, 0.5, Instant.EPOCH);
        record.setGroups(Arrays.stream(sequences).mapToObj(this::id).toList());
        steps.add(record);
        return this;
    }

    /** Hands every record, its topic and its key to a handler, in the order of the flow. */
    public void each(Handler handler) {
        RunTopics topics = RunTopics.of(runId);
        requests.forEach(record -> handler.take(topics.rolloutRequests(), record.getGroupId(), record));
        trajectories.forEach(record -> handler.take(topics.trajectories(), record.getGroupId(), record));
        verdicts.forEach(record -> handler.take(topics.verdicts(), record.getGroupId(), record));
        outcomes.forEach(record -> handler.take(topics.groupOutcomes(), record.getGroupId(), record));
        steps.forEach(record -> handler.take(topics.trainSteps(), runId, record));
    }

    /** Takes a record. */
    public interface Handler {
        void take(Topic<?> topic, String key, SpecificRecord value);
    }

    private String id(long sequence) {
        return Ids.group(runId, Purpose.TRAINING, sequence);
    }
}
