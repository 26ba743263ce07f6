package dev.tracerl.reward.port;

import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.Stray;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.schemas.avro.Verdict;
import dev.tracerl.schemas.avro.VerificationRequest;

/** Everything the topology writes, record by record. */
public interface Outbox {

    void request(RolloutRequest request);

    /** A check for the workers. */
    void check(VerificationRequest request);

    void verdict(Verdict verdict);

    void group(TrainingGroup group);

    void outcome(GroupOutcome outcome);

    void evaluation(Evaluation evaluation);

    void status(RunStatus status);

    /** A trajectory that is not used. */
    void stray(Stray stray);

    /** Refuses a record that was read, with its bytes. */
    void refuse(Origin origin, String reason);
}
