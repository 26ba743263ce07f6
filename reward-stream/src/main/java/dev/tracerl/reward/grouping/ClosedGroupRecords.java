package dev.tracerl.reward.grouping;

import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.schemas.avro.TrainingSample;
import dev.tracerl.schemas.avro.state.JudgedSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The records in which closed groups are written. */
final class ClosedGroupRecords {

    /** How outcomes name this service. */
    private static final String DECIDED_BY = "reward-stream";

    private ClosedGroupRecords() {}

    /** @param advantages {@code (rewarded)} aligned with the group's rewarded samples */
    static TrainingGroup trainingGroup(ClosedGroup group, double[] advantages) {
        RolloutRequest request = group.request();
        return TrainingGroup.newBuilder()
                .setGroupId(request.getGroupId())
                .setSequence(request.getSequence())
                .setRunId(request.getRunId())
                .setTaskId(request.getTask().getTaskId())
                .setEpoch(request.getEpoch())
                .setSampler(request.getSampler())
                .setSamples(samples(
                        group.rewarded(), advantages, request.getSampler().getBlockSize()))
                .setOutcomes(group.outcomes())
                .setMeanReward(Arrays.stream(group.rewards()).average().orElseThrow())
                .setIssuedAtVersion(request.getIssuedAtVersion())
                .setOldestVersion(Objects.requireNonNull(ClosedGroup.oldestVersion(group.rewarded())))
                .setClosedAt(group.at())
                .build();
    }

    static GroupOutcome outcome(ClosedGroup group, Outcome outcome, @Nullable String reason) {
        RolloutRequest request = group.request();
        return GroupOutcome.newBuilder()
                .setGroupId(request.getGroupId())
                .setSequence(request.getSequence())
                .setRunId(request.getRunId())
                .setPurpose(request.getPurpose())
                .setEvaluationId(request.getEvaluationId())
                .setTaskId(request.getTask().getTaskId())
                .setOutcome(outcome)
                .setReason(reason)
                .setSamples(group.outcomes())
                .setOldestVersion(ClosedGroup.oldestVersion(group.settled()))
                .setDecidedBy(DECIDED_BY)
                .setAt(group.at())
                .build();
    }

    private static List<TrainingSample> samples(List<JudgedSample> rewarded, double[] advantages, int blockSize) {
        List<TrainingSample> samples = new ArrayList<>();
        for (int i = 0; i < advantages.length; i++) {
            TrainingSample sample = Objects.requireNonNull(rewarded.get(i).getTraining());
            sample.setAdvantage(advantages[i]);
            samples.add(sample);
        }
        ProcessRewards.place(samples, blockSize);
        return samples;
    }
}
