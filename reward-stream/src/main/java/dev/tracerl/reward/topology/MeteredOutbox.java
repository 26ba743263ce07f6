package dev.tracerl.reward.topology;

import dev.tracerl.reward.metrics.RewardMetrics;
import dev.tracerl.reward.port.Origin;
import dev.tracerl.reward.port.Outbox;
import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.SampleOutcome;
import dev.tracerl.schemas.avro.Stray;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.schemas.avro.Verdict;
import dev.tracerl.schemas.avro.VerificationRequest;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and logs what goes through an outbox. */
record MeteredOutbox(Outbox outbox, RewardMetrics metrics) implements Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(MeteredOutbox.class);

    @Override
    public void request(RolloutRequest request) {
        metrics.requested(request.getPurpose().name());
        outbox.request(request);
    }

    @Override
    public void check(VerificationRequest request) {
        metrics.checkRequested(request.getTask().getKind(), request.getAttempt() > 0);
        outbox.check(request);
    }

    @Override
    public void verdict(Verdict verdict) {
        Duration duration = Duration.of(verdict.getMicros(), ChronoUnit.MICROS);
        metrics.judged(verdict.getVerifier(), verdict.getOutcome().name(), duration);
        if (verdict.getScore() != null) {
            metrics.score(verdict.getVerifier(), verdict.getScore());
        }
        outbox.verdict(verdict);
    }

    @Override
    public void group(TrainingGroup group) {
        metrics.group(Purpose.TRAINING.name(), "TRAINING");
        outbox.group(group);
    }

    @Override
    public void outcome(GroupOutcome outcome) {
        metrics.group(outcome.getPurpose().name(), outcome.getOutcome().name());
        List<Double> rewards = outcome.getSamples().stream()
                .map(SampleOutcome::getReward)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (outcome.getOutcome() == Outcome.FILTERED && rewards.size() == 1) {
            metrics.zeroSignal(rewards.get(0) >= 1);
        }
        outbox.outcome(outcome);
    }

    @Override
    public void evaluation(Evaluation evaluation) {
        LOG.atInfo()
                .addKeyValue("evaluationId", evaluation.getEvaluationId())
                .addKeyValue("accuracy", evaluation.getAccuracy())
                .addKeyValue("excluded", evaluation.getExcluded())
                .log("evaluated");
        outbox.evaluation(evaluation);
    }

    @Override
    public void status(RunStatus status) {
        LOG.atInfo()
                .addKeyValue("runId", status.getRunId())
                .addKeyValue("state", status.getState())
                .addKeyValue("reason", status.getReason())
                .addKeyValue("policyVersion", status.getVersion())
                .log("run status");
        outbox.status(status);
    }

    @Override
    public void stray(Stray stray) {
        metrics.duplicate(stray.getTrajectoryId());
        outbox.stray(stray);
    }

    @Override
    public void refuse(Origin origin, String reason) {
        metrics.refused(origin.topic());
        LOG.atWarn()
                .addKeyValue("topic", origin.topic())
                .addKeyValue("partition", origin.partition())
                .addKeyValue("offset", origin.offset())
                .addKeyValue("reason", reason)
                .log("dead letter");
        outbox.refuse(origin, reason);
    }
}
