package dev.tracerl.reward.topology;

import dev.tracerl.reward.port.Origin;
import dev.tracerl.reward.port.Outbox;
import dev.tracerl.schemas.DeadLetters;
import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.GroupOutcome;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.avro.Stray;
import dev.tracerl.schemas.avro.TrainingGroup;
import dev.tracerl.schemas.avro.Verdict;
import dev.tracerl.schemas.avro.VerificationRequest;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Forwards records to the sinks of a node.
 *
 * @param node name of the node, prefix of its sinks' names
 */
record NodeOutbox(ProcessorContext<String, SpecificRecord> context, String node) implements Outbox {

    @Override
    public void request(RolloutRequest request) {
        send(Nodes.REQUESTS, request.getGroupId(), request);
    }

    @Override
    public void check(VerificationRequest request) {
        send(Nodes.CHECKS, request.getGroupId(), request);
    }

    @Override
    public void verdict(Verdict verdict) {
        send(Nodes.VERDICTS, verdict.getGroupId(), verdict);
    }

    @Override
    public void group(TrainingGroup group) {
        send(Nodes.GROUPS, group.getGroupId(), group);
    }

    @Override
    public void outcome(GroupOutcome outcome) {
        send(Nodes.OUTCOMES, outcome.getGroupId(), outcome);
    }

    @Override
    public void evaluation(Evaluation evaluation) {
        send(Nodes.EVALUATIONS, evaluation.getRunId(), evaluation);
    }

    @Override
    public void status(RunStatus status) {
        send(Nodes.STATUS, status.getRunId(), status);
    }

    @Override
    public void stray(Stray stray) {
        send(Nodes.STRAYS, stray.getGroupId(), stray);
    }

    @Override
    public void refuse(Origin origin, String reason) {
        ConsumerRecord<byte[], byte[]> refused =
                new ConsumerRecord<>(origin.topic(), origin.partition(), origin.offset(), origin.key(), origin.value());
        Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
        send(Nodes.DEAD_LETTERS, origin.keyText(), DeadLetters.of("reward-stream " + node, reason, refused, now));
    }

    private void send(String sink, String key, SpecificRecord value) {
        context.forward(new Record<>(key, value, context.currentSystemTimeMs()), Nodes.sink(node, sink));
    }
}
