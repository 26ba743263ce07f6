package dev.tracerl.reward.admission;

import dev.tracerl.reward.port.Book;
import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.state.AdmissionState;
import dev.tracerl.schemas.avro.state.EndedGroup;
import dev.tracerl.schemas.avro.state.RunningGroup;

/** The newest groups that ended, for those who ask about them; the log has all. */
public final class EndedGroups {

    /** Groups of each purpose that are kept, by their numbers. */
    public static final int KEPT = 4096;

    private final Book<EndedGroup> ended;

    EndedGroups(Book<EndedGroup> ended) {
        this.ended = ended;
    }

    void add(AdmissionState state, RunningGroup running, GroupOutcome outcome) {
        long sequence = outcome.getSequence();
        if (sequence + KEPT > issued(state, outcome.getPurpose()) - 1) {
            ended.put(outcome.getGroupId(), new EndedGroup(running.getRequestedAt(), outcome));
        }
        if (sequence >= KEPT) {
            ended.remove(Ids.group(outcome.getRunId(), outcome.getPurpose(), sequence - KEPT));
        }
    }

    private static long issued(AdmissionState state, Purpose purpose) {
        return purpose == Purpose.TRAINING ? state.getTrainingIssued() : state.getEvaluationIssued();
    }
}
