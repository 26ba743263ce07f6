package dev.tracerl.ops.log;

import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.SampleOutcome;
import dev.tracerl.schemas.avro.SampleResult;
import dev.tracerl.schemas.avro.Segment;
import dev.tracerl.schemas.avro.StopReason;
import dev.tracerl.schemas.avro.Stray;
import dev.tracerl.schemas.avro.StrayKind;
import dev.tracerl.schemas.avro.Task;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.schemas.avro.TrainingSample;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.Verdict;
import dev.tracerl.schemas.avro.VerdictOutcome;
import dev.tracerl.schemas.client.TopicReader;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Groups of a run on the test log, from their requests to their outcomes; sudoku, as its verifier of version 1 judges. */
public final class TestGroups {

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final TestRun run;

    public TestGroups(TestRun run) {
        this.run = run;
    }

    /** A response to a puzzle and its judgment. */
    public enum Answer {
        /** The solution. */
        RIGHT(VerdictOutcome.CORRECT, 1.0, 1.0),
        /** No grid. */
        WRONG(VerdictOutcome.INCORRECT, 0.0, 0.0),
        /** The solution, but too long. */
        CUT(VerdictOutcome.CORRECT, 1.0, 0.0);

        private final VerdictOutcome outcome;
        private final double score;
        private final double reward;

        Answer(VerdictOutcome outcome, double score, double reward) {
            this.outcome = outcome;
            this.score = score;
            this.reward = reward;
        }
    }

    /** A group that went to the trainer; returns the offset of its record. */
    public long accepted(long sequence, long version, List<Double> advantages, Answer... answers) {
        sampled(sequence, version, answers);
        String id = id(sequence);
        List<TrainingSample> samples = new ArrayList<>();
        for (int sample = 0; sample < answers.length; sample++) {
            samples.add(TrainingSample.newBuilder()
                    .setTrajectoryId(Ids.trajectory(id, sample))
                    .setSample(sample)
                    .setPromptTokens(NONE)
                    .setResponseTokens(NONE)
                    .setKeptTokens(0)
                    .setStepMap(NONE)
                    .setLogProbs(NONE)
                    .setBlockVersions(NONE)
                    .setReward(answers[sample].reward)
                    .setAdvantage(advantages.get(sample))
                    .build());
        }
        long offset = run.log()
                .send(
                        run.topics().trainingGroups(),
                        id,
                        TrainingGroup.newBuilder()
                                .setGroupId(id)
                                .setSequence(sequence)
                                .setRunId(run.spec().getRunId())
                                .setTaskId(task(sequence).getTaskId())
                                .setEpoch(0)
                                .setSampler(run.spec().getSampler())
                                .setSamples(samples)
                                .setOutcomes(outcomes(answers))
                                .setMeanReward(0.5)
                                .setIssuedAtVersion(version)
                                .setOldestVersion(version)
                                .setClosedAt(Instant.EPOCH)
                                .build());
        ended(sequence, Outcome.ACCEPTED, null, outcomes(answers));
        return offset;
    }

    /** A group that was filtered. */
    public void filtered(long sequence, long version, String reason, Answer... answers) {
        sampled(sequence, version, answers);
        ended(sequence, Outcome.FILTERED, reason, outcomes(answers));
    }

    /** A group of which nothing arrived in time: its responses came later, and the first of them twice. */
    public void expired(long sequence, long version, Answer... answers) {
        RolloutRequest request = requested(sequence, version, answers.length);
        List<SampleOutcome> missing = new ArrayList<>();
        for (int sample = 0; sample < answers.length; sample++) {
            missing.add(new SampleOutcome(sample, SampleResult.MISSING, null, null));
        }
        ended(sequence, Outcome.EXPIRED, "no trajectory arrived within 1 ms", missing);
        for (int sample = 0; sample < answers.length; sample++) {
            stray(request, sample, StrayKind.LATE, trajectory(request, sample, answers[sample]));
        }
        stray(request, 0, StrayKind.DUPLICATE, trajectory(request, 0, answers[0]));
    }

    private void stray(RolloutRequest request, int sample, StrayKind kind, long offset) {
        Stray stray = Stray.newBuilder()
                .setTrajectoryId(Ids.trajectory(request.getGroupId(), sample))
                .setGroupId(request.getGroupId())
                .setRunId(request.getRunId())
                .setSample(sample)
                .setKind(kind)
                .setWorker("rollout-0")
                .setTopic(run.topics().trajectories().name())
                .setPartition(0)
                .setOffset(offset)
                .setAt(Instant.EPOCH)
                .build();
        run.log().send(run.topics().strays(), request.getGroupId(), stray);
    }

    /** A group that has not ended. */
    public void sampled(long sequence, long version, Answer... answers) {
        RolloutRequest request = requested(sequence, version, answers.length);
        for (int sample = 0; sample < answers.length; sample++) {
            trajectory(request, sample, answers[sample]);
            verdict(request, sample, answers[sample]);
        }
    }

    private RolloutRequest requested(long sequence, long version, int samples) {
        RolloutRequest request = RolloutRequest.newBuilder()
                .setRunId(run.spec().getRunId())
                .setGroupId(id(sequence))
                .setSequence(sequence)
                .setPurpose(Purpose.TRAINING)
                .setTask(task(sequence))
                .setEpoch(0)
                .setSamples(samples)
                .setSampler(run.spec().getSampler())
                .setSeed(17)
                .setIssuedAtVersion(version)
                .setIssuedAt(Instant.EPOCH)
                .build();
        run.log().send(run.topics().rolloutRequests(), id(sequence), request);
        return request;
    }

    /** Id of a group. */
    public String id(long sequence) {
        return Ids.group(run.spec().getRunId(), Purpose.TRAINING, sequence);
    }

    private Task task(long sequence) {
        return Objects.requireNonNull(
                TopicReader.latest(run.log().connection(), run.log().serdes(), Topics.TASKS)
                        .get(Ids.task("train", (int) sequence)));
    }

    private long trajectory(RolloutRequest request, int sample, Answer answer) {
        String text = answer == Answer.WRONG ? "12" : request.getTask().getReference();
        Trajectory trajectory = Trajectory.newBuilder()
                .setTrajectoryId(Ids.trajectory(request.getGroupId(), sample))
                .setGroupId(request.getGroupId())
                .setRunId(request.getRunId())
                .setSequence(request.getSequence())
                .setSample(sample)
                .setSamples(request.getSamples())
                .setPurpose(Purpose.TRAINING)
                .setTaskId(request.getTask().getTaskId())
                .setEpoch(0)
                .setSampler(request.getSampler())
                .setSegments(List.of(
                        segment("user", false, request.getTask().getPrompt()), segment("assistant", true, text)))
                .setBlockVersions(Packed.longs(new long[] {request.getIssuedAtVersion()}))
                .setForwards(1)
                .setStopReason(answer == Answer.CUT ? StopReason.LENGTH : StopReason.END_OF_TEXT)
                .setWorker("rollout-0")
                .setQueuedMillis(0)
                .setSamplingMillis(1)
                .setCreatedAt(Instant.EPOCH)
                .build();
        return run.log().send(run.topics().trajectories(), request.getGroupId(), trajectory);
    }

    private static Segment segment(String role, boolean generated, String text) {
        return Segment.newBuilder()
                .setRole(role)
                .setGenerated(generated)
                .setText(text)
                .setTokens(NONE)
                .setOffsets(NONE)
                .setStepMap(NONE)
                .setLogProbs(NONE)
                .setKeptTokens(0)
                .build();
    }

    private void verdict(RolloutRequest request, int sample, Answer answer) {
        Verdict verdict = Verdict.newBuilder()
                .setTrajectoryId(Ids.trajectory(request.getGroupId(), sample))
                .setGroupId(request.getGroupId())
                .setRunId(request.getRunId())
                .setSample(sample)
                .setTaskId(request.getTask().getTaskId())
                .setPurpose(Purpose.TRAINING)
                .setVerifier("sudoku")
                .setVerifierVersion("1")
                .setOutcome(answer.outcome)
                .setScore(answer.score)
                .setOperations(1)
                .setMicros(1)
                .setAt(Instant.EPOCH)
                .build();
        run.log().send(run.topics().verdicts(), request.getGroupId(), verdict);
    }

    private void ended(long sequence, Outcome outcome, String reason, List<SampleOutcome> samples) {
        boolean accepted = outcome == Outcome.ACCEPTED;
        GroupOutcome ended = GroupOutcome.newBuilder()
                .setGroupId(id(sequence))
                .setSequence(sequence)
                .setRunId(run.spec().getRunId())
                .setPurpose(Purpose.TRAINING)
                .setTaskId(task(sequence).getTaskId())
                .setOutcome(outcome)
                .setReason(reason)
                .setSamples(samples)
                .setLag(accepted ? 0L : null)
                .setDecidedBy(accepted ? "trainer-consumer" : "reward-stream")
                .setAt(Instant.EPOCH)
                .build();
        run.log().send(run.topics().groupOutcomes(), id(sequence), ended);
    }

    private static List<SampleOutcome> outcomes(Answer... answers) {
        List<SampleOutcome> outcomes = new ArrayList<>();
        for (Answer answer : answers) {
            outcomes.add(new SampleOutcome(outcomes.size(), SampleResult.REWARDED, answer.reward, null));
        }
        return outcomes;
    }
}
