package dev.tracerl.reward.admission;

import dev.tracerl.reward.port.Book;
import dev.tracerl.schemas.avro.state.AdmissionState;
import dev.tracerl.schemas.avro.state.EvaluationTally;
import dev.tracerl.schemas.avro.state.RunningGroup;

/**
 * The durable state of admission.
 *
 * @param state counters, by runId
 * @param running requested groups without an outcome, by groupId
 * @param evaluations every evaluation of the run, by evaluationId
 */
public record AdmissionBooks(
        Book<AdmissionState> state, Book<RunningGroup> running, Book<EvaluationTally> evaluations) {}
