package dev.tracerl.rollout.out;

import dev.tracerl.core.decode.SampledResponse;
import dev.tracerl.core.decode.StopReason;
import dev.tracerl.rollout.group.Prompt;
import dev.tracerl.rollout.group.SampledTrajectory;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.Packed;
import dev.tracerl.schemas.avro.Partition;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.Segment;
import dev.tracerl.schemas.avro.Trajectory;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** From finished responses to the records of the wire. */
public final class TrajectoryRecords {

    private static final int[] NO_INTS = {};
    private static final float[] NO_FLOATS = {};

    private final String worker;
    private final Partition partition;
    private final Function<int[], ResponseText> decoder;

    /**
     * @param worker name of this worker
     * @param partition where blocks begin
     * @param decoder from tokens to text with the offset of every token
     */
    public TrajectoryRecords(String worker, Partition partition, Function<int[], ResponseText> decoder) {
        this.worker = worker;
        this.partition = partition;
        this.decoder = decoder;
    }

    /**
     * The record of a response.
     *
     * @param at when sampling ended
     */
    public Trajectory of(SampledTrajectory sampled, Instant at) {
        RolloutRequest request = sampled.group().request();
        SampledResponse response = sampled.response();
        return Trajectory.newBuilder()
                .setTrajectoryId(Ids.trajectory(request.getGroupId(), sampled.sample()))
                .setGroupId(request.getGroupId())
                .setRunId(request.getRunId())
                .setSequence(request.getSequence())
                .setSample(sampled.sample())
                .setSamples(request.getSamples())
                .setPurpose(request.getPurpose())
                .setEvaluationId(request.getEvaluationId())
                .setTaskId(request.getTask().getTaskId())
                .setEpoch(request.getEpoch())
                .setAttempt(request.getAttempt())
                .setSampler(request.getSampler())
                .setSegments(List.of(given(sampled.group().prompt()), generated(response)))
                .setBlockVersions(Packed.longs(response.blockVersions()))
                .setPartition(partition)
                .setForwards(response.forwards())
                .setStopReason(stopReason(response.stopReason()))
                .setWorker(worker)
                .setQueuedMillis(sampled.queuedMillis())
                .setSamplingMillis(sampled.samplingMillis())
                .setCreatedAt(at)
                .build();
    }

    private static Segment given(Prompt prompt) {
        return Segment.newBuilder()
                .setRole("user")
                .setGenerated(false)
                .setText(prompt.text())
                .setTokens(Packed.ints(prompt.tokens()))
                .setOffsets(Packed.ints(prompt.offsets()))
                .setStepMap(Packed.ints(NO_INTS))
                .setLogProbs(Packed.floats(NO_FLOATS))
                .setKeptTokens(prompt.tokens().length)
                .build();
    }

    private Segment generated(SampledResponse response) {
        ResponseText text = decoder.apply(Arrays.copyOf(response.tokens(), answerLength(response)));
        return Segment.newBuilder()
                .setRole("assistant")
                .setGenerated(true)
                .setText(text.text())
                .setTokens(Packed.ints(response.tokens()))
                .setOffsets(Packed.ints(offsets(text, response.tokens().length)))
                .setStepMap(Packed.ints(response.stepMap()))
                .setLogProbs(Packed.floats(response.logProbs()))
                .setKeptTokens(response.keptTokens())
                .build();
    }

    /** Kept tokens without the end of text. */
    private static int answerLength(SampledResponse response) {
        return response.stopReason() == StopReason.END_OF_TEXT ? response.keptTokens() - 1 : response.keptTokens();
    }

    /** Tokens beyond the text point to its end. */
    private static int[] offsets(ResponseText text, int length) {
        int[] offsets = Arrays.copyOf(text.offsets(), length);
        Arrays.fill(offsets, text.offsets().length, length, text.text().length());
        return offsets;
    }

    private static dev.tracerl.schemas.avro.StopReason stopReason(StopReason reason) {
        return switch (reason) {
            case END_OF_TEXT -> dev.tracerl.schemas.avro.StopReason.END_OF_TEXT;
            case LENGTH -> dev.tracerl.schemas.avro.StopReason.LENGTH;
        };
    }
}
