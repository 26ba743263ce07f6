package dev.tracerl.rollout.out;

import dev.tracerl.schemas.client.Connection;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Settings of the producer of trajectories: it waits for a broker that is away instead of giving up. */
public final class ProducerProperties {

    private static final int PATIENCE_MILLIS = 600_000;
    private static final int LINGER_MILLIS = 5;

    private ProducerProperties() {}

    public static Map<String, Object> of(Connection connection, String worker) {
        Map<String, Object> settings = connection.producerSettings();
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, worker);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
        return settings;
    }
}
