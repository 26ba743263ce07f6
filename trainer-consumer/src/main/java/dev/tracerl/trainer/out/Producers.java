package dev.tracerl.trainer.out;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.client.Connection;
import java.time.Duration;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringSerializer;

/** Makes the trainer's producer. */
final class Producers {

    /** Time to close: what was not committed is undone by the next trainer. */
    static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    /** Time that every transaction has. */
    static final Duration LEAST_LIMIT = Duration.ofMinutes(1);

    /** The default of {@code transaction.max.timeout.ms}. */
    private static final Duration BROKERS_LIMIT = Duration.ofMinutes(15);

    /** What a slow broker takes. */
    private static final long BYTES_PER_SECOND = 20_000_000;

    private Producers() {}

    /** The run's producer; it fences every earlier one at its first use. */
    static Producer<String, SpecificRecord> transactional(
            Connection connection, AvroSerdes serdes, LogSettings settings) {
        Map<String, Object> client = connection.producerSettings();
        client.put(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                RunTopics.of(settings.runId()).client("trainer"));
        client.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 0);
        client.putIfAbsent(
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                Math.toIntExact(limit(settings).toMillis()));
        return new KafkaProducer<>(client, new StringSerializer(), serdes.serializer());
    }

    /**
     * How long a transaction may take: a minute, and longer for bytes that go to the log, but not longer than brokers allow
     * by default. A trainer that dies for good holds up the readers of its topics for so long.
     */
    static Duration limit(LogSettings settings) {
        long bytes = settings.plan().getStore() == StoreKind.KAFKA ? settings.largest() : 0;
        Duration limit = LEAST_LIMIT.plusSeconds(bytes / BYTES_PER_SECOND);
        return limit.compareTo(BROKERS_LIMIT) < 0 ? limit : BROKERS_LIMIT;
    }
}
