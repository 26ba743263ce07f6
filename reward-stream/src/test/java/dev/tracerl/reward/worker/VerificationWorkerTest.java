package dev.tracerl.reward.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.reward.Records;
import dev.tracerl.reward.Runs;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.DeadLetter;
import dev.tracerl.schemas.avro.VerdictOutcome;
import dev.tracerl.schemas.avro.VerificationAnswer;
import dev.tracerl.schemas.avro.VerificationRequest;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.verifiers.Verifiers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerificationWorkerTest {

    private static final int ATTEMPTS = 3;
    private static final AvroSerdes SERDES = new AvroSerdes("mock://worker");
    private static final String REQUESTS =
            RunTopics.of(Runs.RUN).verificationRequests().name();
    private static final TopicPartition PARTITION = new TopicPartition(REQUESTS, 5);
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final MockProducer<String, SpecificRecord> producer =
            new MockProducer<>(true, null, new StringSerializer(), SERDES.serializer());
    private final VerificationWorker worker = new VerificationWorker(
            Runs.RUN,
            new WorkerParts(
                    new Connection("", ""), SERDES, Verifiers.byKind(), "verifier-0", Duration.ofSeconds(8), ATTEMPTS),
            Clock.fixed(NOW, ZoneOffset.UTC));

    @BeforeEach
    void assign() {
        consumer.assign(List.of(PARTITION));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    }

    @Test
    void anAnswerGoesToThePartitionOfItsRequestAndThePositionMovesOn() {
        // Given
        arrives(0, request(Records.RIGHT));

        // When
        worker.poll(consumer, producer);

        // Then
        assertThat(producer.history()).extracting(ProducerRecord::partition).containsExactly(5);
        VerificationAnswer answer =
                (VerificationAnswer) producer.history().get(0).value();
        assertThat(answer.getOutcome()).isEqualTo(VerdictOutcome.CORRECT);
        assertThat(answer.getTrajectoryId()).isEqualTo("toy-t-000005/0");
        assertThat(answer.getWorker()).isEqualTo("verifier-0");
        assertThat(committed()).isEqualTo(1);
    }

    @Test
    void aRequestThatIsSentAgainGetsTheSameAnswer() {
        // Given
        arrives(0, request(Records.RIGHT));
        arrives(1, request(Records.RIGHT));

        // When
        worker.poll(consumer, producer);
        worker.poll(consumer, producer);

        // Then
        assertThat(producer.history()).hasSize(2);
        assertThat(producer.history().get(0).value())
                .isSameAs(producer.history().get(1).value());
    }

    @Test
    void aRequestThatEndedItsWorkersIsRefusedAndAnswered() {
        // Given
        ConsumerRecord<byte[], byte[]> record = arrives(0, request(Records.RIGHT));
        AttemptBook attempts = new AttemptBook(consumer);
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            assertThat(attempts.begin(record)).isEqualTo(attempt);
        }

        // When
        worker.poll(consumer, producer);

        // Then
        DeadLetter letter = (DeadLetter) producer.history().get(0).value();
        assertThat(letter.getReason()).isEqualTo("its check has ended 3 workers");
        VerificationAnswer answer =
                (VerificationAnswer) producer.history().get(1).value();
        assertThat(answer.getOutcome()).isEqualTo(VerdictOutcome.FAILED);
        assertThat(committed()).isEqualTo(1);
    }

    @Test
    void requestsThatNobodyWaitsForAnyMoreAreSkipped() {
        // Given
        arrives(0, request(Records.WRONG), NOW.minus(LIMIT).minusMillis(1));
        arrives(1, request(Records.WRONG), NOW.minus(LIMIT).minusMillis(1));
        arrives(2, request(Records.RIGHT), NOW.minus(LIMIT));

        // When
        worker.poll(consumer, producer);

        // Then
        assertThat(producer.history())
                .singleElement()
                .extracting(sent -> ((VerificationAnswer) sent.value()).getOutcome())
                .isEqualTo(VerdictOutcome.CORRECT);
        assertThat(committed()).isEqualTo(3);
    }

    @Test
    void aClockThatIsBehindSkipsNothing() {
        // Given
        arrives(0, request(Records.RIGHT), NOW.plus(LIMIT));

        // When
        worker.poll(consumer, producer);

        // Then
        assertThat(producer.history()).hasSize(1);
    }

    @Test
    void attemptsAreCountedPerRecord() {
        // Given
        AttemptBook attempts = new AttemptBook(consumer);
        ConsumerRecord<byte[], byte[]> first = arrives(0, request(Records.RIGHT));
        ConsumerRecord<byte[], byte[]> second = arrives(1, request(Records.WRONG));
        attempts.begin(first);
        attempts.begin(first);

        // When
        attempts.done(first);

        // Then
        assertThat(attempts.begin(second)).isEqualTo(1);
    }

    @Test
    void bytesThatAreNoRequestAreRefused() {
        // Given
        arrives(0, new byte[] {1, 2, 3});

        // When
        worker.poll(consumer, producer);

        // Then
        assertThat(producer.history()).extracting(ProducerRecord::topic).containsExactly("toy.dead-letters");
        assertThat(committed()).isEqualTo(1);
    }

    private long committed() {
        return consumer.committed(Set.of(PARTITION)).get(PARTITION).offset();
    }

    private ConsumerRecord<byte[], byte[]> arrives(long offset, VerificationRequest request) {
        return arrives(offset, SERDES.<VerificationRequest>serializer().serialize(REQUESTS, request));
    }

    private void arrives(long offset, VerificationRequest request, Instant sentAt) {
        byte[] value = SERDES.<VerificationRequest>serializer().serialize(REQUESTS, request);
        consumer.addRecord(new ConsumerRecord<>(
                REQUESTS,
                PARTITION.partition(),
                offset,
                sentAt.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                value.length,
                null,
                value,
                new RecordHeaders(),
                Optional.empty()));
    }

    private ConsumerRecord<byte[], byte[]> arrives(long offset, byte[] value) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                REQUESTS, PARTITION.partition(), offset, "toy-t-000005".getBytes(StandardCharsets.UTF_8), value);
        consumer.addRecord(record);
        return record;
    }

    private static VerificationRequest request(String answer) {
        return VerificationRequest.newBuilder()
                .setTrajectoryId("toy-t-000005/0")
                .setGroupId("toy-t-000005")
                .setRunId(Runs.RUN)
                .setSample(0)
                .setTask(Records.task(Runs.TRAIN, 0))
                .setAnswer(answer)
                .setMaxOperations(0)
                .setTimeLimitMillis(LIMIT.toMillis())
                .build();
    }
}
