package dev.tracerl.reward.worker;

import dev.tracerl.schemas.DeadLetters;
import dev.tracerl.schemas.Decoded;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.VerificationAnswer;
import dev.tracerl.schemas.avro.VerificationRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks one request after the other. Workers of a run share the partitions; a request whose worker dies is another one's.
 * The position moves on after the answer is durable, so that a request is answered at least once - unless nobody waits for the
 * answer any more: a request past its time limit was sent again or given up, and is skipped, so that a backlog drains.
 */
final class VerificationWorker implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(VerificationWorker.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final String STAGE = "reward-stream verifier";

    /** A check bounds itself; this only tells a worker at work from one that is stuck. */
    private static final Duration LONGEST_CHECK = Duration.ofMinutes(30);

    private final RunTopics topics;
    private final WorkerParts parts;
    private final Checker checker;
    private final Deserializer<VerificationRequest> deserializer;
    private final Clock clock;
    private long skipped;
    private volatile boolean stopped;

    VerificationWorker(String runId, WorkerParts parts) {
        this(runId, parts, Clock.systemUTC());
    }

    /** A worker that reads the time, which requests of other hosts are compared with, from a clock. */
    VerificationWorker(String runId, WorkerParts parts, Clock clock) {
        this.topics = RunTopics.of(runId);
        this.parts = parts;
        this.checker = new Checker(parts.verifiers(), parts.name());
        this.deserializer = parts.serdes().deserializer(VerificationRequest.class);
        this.clock = clock;
    }

    /** Ends after the check that is running. */
    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        try (KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
                KafkaProducer<String, SpecificRecord> producer = new KafkaProducer<>(
                        parts.connection().producerSettings(),
                        new StringSerializer(),
                        parts.serdes().<SpecificRecord>serializer())) {
            consumer.subscribe(List.of(topics.verificationRequests().name()));
            while (!stopped) {
                poll(consumer, producer);
            }
        }
    }

    /** Takes one record at most. */
    void poll(Consumer<byte[], byte[]> consumer, Producer<String, SpecificRecord> producer) {
        AttemptBook attempts = new AttemptBook(consumer);
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            try {
                Decoded<VerificationRequest> decoded = Decoded.of(deserializer, record.topic(), record.value());
                if (!isPastItsLimit(record, decoded)) {
                    answer(record, decoded, attempts.begin(record), producer);
                }
                attempts.done(record);
            } catch (CommitFailedException | RebalanceInProgressException e) {
                LOG.atInfo()
                        .addKeyValue("partition", record.partition())
                        .addKeyValue("offset", record.offset())
                        .log("partitions moved while a request was checked");
                attempts.again(record);
            }
        }
    }

    /** Whether nobody waits for the answer; a request without a time of its own has no limit. Says when a backlog begins and ends. */
    private boolean isPastItsLimit(ConsumerRecord<byte[], byte[]> record, Decoded<VerificationRequest> decoded) {
        long limit =
                decoded.value().map(VerificationRequest::getTimeLimitMillis).orElse(0L);
        boolean past = limit > 0 && record.timestamp() >= 0 && clock.millis() - record.timestamp() > limit;
        if (past && skipped == 0) {
            LOG.atWarn()
                    .addKeyValue("limitMillis", limit)
                    .log("skipping requests that are past their time limit: too few workers, or clocks that differ");
        } else if (!past && skipped > 0) {
            LOG.atInfo().addKeyValue("skipped", skipped).log("requests are within their time limit again");
        }
        skipped = past ? skipped + 1 : 0;
        return past;
    }

    private void answer(
            ConsumerRecord<byte[], byte[]> record,
            Decoded<VerificationRequest> decoded,
            int attempt,
            Producer<String, SpecificRecord> producer) {
        Optional<VerificationRequest> request = decoded.value();
        if (request.isEmpty()) {
            refuse(record, decoded.problem(), producer);
        } else if (attempt > parts.attempts()) {
            String reason = "its check has ended " + parts.attempts() + " workers";
            refuse(record, reason, producer);
            send(record, checker.failed(request.get(), reason), producer);
        } else {
            send(record, checker.check(request.get()), producer);
        }
    }

    private void refuse(
            ConsumerRecord<byte[], byte[]> record, String reason, Producer<String, SpecificRecord> producer) {
        LOG.atWarn()
                .addKeyValue("partition", record.partition())
                .addKeyValue("offset", record.offset())
                .addKeyValue("reason", reason)
                .log("dead letter");
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        await(producer.send(new ProducerRecord<>(
                topics.deadLetters().name(), key, DeadLetters.of(STAGE, reason, record, Instant.now()))));
    }

    /** Requests and answers of a group have the same partition, so that the task that waits reads the answer. */
    private void send(
            ConsumerRecord<byte[], byte[]> record,
            VerificationAnswer answer,
            Producer<String, SpecificRecord> producer) {
        await(producer.send(new ProducerRecord<>(
                topics.verificationAnswers().name(), record.partition(), answer.getGroupId(), answer)));
    }

    private static void await(Future<?> sent) {
        try {
            sent.get();
        } catch (ExecutionException e) {
            throw new KafkaException("an answer cannot be written", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while an answer was written", e);
        }
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(parts.connection().consumerSettings());
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, topics.client("verifier"));
        settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, parts.name());
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int)
                parts.sessionTimeout().toMillis());
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int)
                parts.sessionTimeout().dividedBy(4).toMillis());
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, (int) LONGEST_CHECK.toMillis());
        return settings;
    }
}
