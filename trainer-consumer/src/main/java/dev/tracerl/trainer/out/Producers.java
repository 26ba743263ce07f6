package dev.tracerl.trainer.out;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
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

    private Producers() {}

    /** The run's producer; it fences every earlier one at its first use. */
    static Producer<String, SpecificRecord> transactional(Connection connection, AvroSerdes serdes, String runId) {
        Map<String, Object> settings = connection.producerSettings();
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, RunTopics.of(runId).client("trainer"));
        settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 0);
        return new KafkaProducer<>(settings, new StringSerializer(), serdes.serializer());
    }
}
