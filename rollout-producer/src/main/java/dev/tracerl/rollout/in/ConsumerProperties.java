package dev.tracerl.rollout.in;

import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.client.Connection;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;

/** Settings of the consumer of rollout requests. */
public final class ConsumerProperties {

    private static final int SESSION_MILLIS = 8_000;
    private static final int HEARTBEAT_MILLIS = 2_000;
    private static final int POLL_RECORDS = 64;

    private ConsumerProperties() {}

    /** A static member of the run's group of rollout workers, so that a restart within 8 s moves no partition. */
    public static Map<String, Object> of(Connection connection, RunTopics topics, String worker) {
        Map<String, Object> settings = connection.consumerSettings();
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, topics.client("rollout"));
        settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, worker);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, worker);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MILLIS);
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS);
        return settings;
    }
}
