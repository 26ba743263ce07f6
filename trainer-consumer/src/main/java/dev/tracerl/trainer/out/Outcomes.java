package dev.tracerl.trainer.out;

import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.TrainingGroup;
import java.time.Clock;
import java.util.List;

/**
 * Makes the trainer's outcomes of groups.
 *
 * @param clock time of the decisions
 */
public record Outcomes(Clock clock) {

    private static final String DECIDED_BY = "trainer-consumer";

    /**
     * Used by a step.
     *
     * @param version the trainer's version before the step
     */
    public GroupOutcome accepted(TrainingGroup group, long version) {
        return of(group, Outcome.ACCEPTED)
                .setLag(version - group.getOldestVersion())
                .setStep(version + 1)
                .build();
    }

    /**
     * Older than the run allows.
     *
     * @param version the trainer's version
     */
    public GroupOutcome late(TrainingGroup group, long version, int maxLag) {
        long lag = version - group.getOldestVersion();
        return of(group, Outcome.LATE)
                .setLag(lag)
                .setReason("its lag is " + lag + " versions, the run allows " + maxLag)
                .build();
    }

    /** Not trained because the run ended. */
    public GroupOutcome expired(TrainingGroup group) {
        return of(group, Outcome.EXPIRED)
                .setReason("the run ended before it was trained")
                .build();
    }

    /** Malformed. */
    public GroupOutcome dead(TrainingGroup group, String reason) {
        return of(group, Outcome.DEAD).setReason(reason).build();
    }

    /** Undecodable, so that only its id is known. */
    public GroupOutcome dead(String groupId, long sequence, String runId, String reason) {
        return GroupOutcome.newBuilder()
                .setGroupId(groupId)
                .setSequence(sequence)
                .setRunId(runId)
                .setPurpose(Purpose.TRAINING)
                .setTaskId("")
                .setOutcome(Outcome.DEAD)
                .setReason(reason)
                .setSamples(List.of())
                .setDecidedBy(DECIDED_BY)
                .setAt(clock.instant())
                .build();
    }

    private GroupOutcome.Builder of(TrainingGroup group, Outcome outcome) {
        return GroupOutcome.newBuilder()
                .setGroupId(group.getGroupId())
                .setSequence(group.getSequence())
                .setRunId(group.getRunId())
                .setPurpose(Purpose.TRAINING)
                .setTaskId(group.getTaskId())
                .setOutcome(outcome)
                .setSamples(group.getOutcomes())
                .setOldestVersion(group.getOldestVersion())
                .setDecidedBy(DECIDED_BY)
                .setAt(clock.instant());
    }
}
