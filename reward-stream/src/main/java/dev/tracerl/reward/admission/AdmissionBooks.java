package dev.tracerl.reward.admission;

import dev.tracerl.reward.port.Book;
import dev.tracerl.schemas.avro.state.AdmissionState;
import dev.tracerl.schemas.avro.state.EndedGroup;
import dev.tracerl.schemas.avro.state.EvaluationTally;
import dev.tracerl.schemas.avro.state.RunningGroup;
import dev.tracerl.schemas.avro.state.TaskReward;

/**
 * The durable state of admission.
 *
 * @param state counters, by runId
 * @param running requested groups without an outcome, by groupId
 * @param evaluations every evaluation of the run, by evaluationId
 * @param rewards running mean rewards of the training tasks, by taskId; empty without a curriculum
 * @param ended the newest groups that ended, by groupId
 */
public record AdmissionBooks(
        Book<AdmissionState> state,
        Book<RunningGroup> running,
        Book<EvaluationTally> evaluations,
        Book<TaskReward> rewards,
        Book<EndedGroup> ended) {}
