package dev.tracerl.reward.port;

import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.Stray;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.schemas.avro.Verdict;
import dev.tracerl.schemas.avro.VerificationRequest;
import java.util.ArrayList;
import java.util.List;

/** Remembers everything that was sent, in order. */
public final class RecordingOutbox implements Outbox {

    public final List<RolloutRequest> requests = new ArrayList<>();
    public final List<VerificationRequest> checks = new ArrayList<>();
    public final List<Verdict> verdicts = new ArrayList<>();
    public final List<TrainingGroup> groups = new ArrayList<>();
    public final List<GroupOutcome> outcomes = new ArrayList<>();
    public final List<Evaluation> evaluations = new ArrayList<>();
    public final List<RunStatus> statuses = new ArrayList<>();
    public final List<Stray> strays = new ArrayList<>();
    public final List<Origin> refused = new ArrayList<>();
    public final List<String> reasons = new ArrayList<>();

    @Override
    public void request(RolloutRequest request) {
        requests.add(request);
    }

    @Override
    public void check(VerificationRequest request) {
        checks.add(request);
    }

    @Override
    public void verdict(Verdict verdict) {
        verdicts.add(verdict);
    }

    @Override
    public void group(TrainingGroup group) {
        groups.add(group);
    }

    @Override
    public void outcome(GroupOutcome outcome) {
        outcomes.add(outcome);
    }

    @Override
    public void evaluation(Evaluation evaluation) {
        evaluations.add(evaluation);
    }

    @Override
    public void status(RunStatus status) {
        statuses.add(status);
    }

    @Override
    public void stray(Stray stray) {
        strays.add(stray);
    }

    @Override
    public void refuse(Origin origin, String reason) {
        refused.add(origin);
        reasons.add(reason);
    }
}
