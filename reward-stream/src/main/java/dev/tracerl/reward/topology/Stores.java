package dev.tracerl.reward.topology;

import dev.tracerl.schemas.Topics;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** Builders of the topology's stores: on disk, with a changelog that is compacted soon, so that restoring is short. */
final class Stores {

    private static final Map<String, String> CHANGELOG = Map.of(
            TopicConfig.SEGMENT_BYTES_CONFIG,
            String.valueOf(32 * 1024 * 1024),
            TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
            "0.1",
            TopicConfig.DELETE_RETENTION_MS_CONFIG,
            "60000",
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
            String.valueOf(Topics.MAX_RECORD_BYTES));

    private Stores() {}

    static <V> StoreBuilder<KeyValueStore<String, V>> durable(String name, Serde<V> values) {
        return org.apache.kafka.streams.state.Stores.keyValueStoreBuilder(
                        org.apache.kafka.streams.state.Stores.persistentKeyValueStore(name), Serdes.String(), values)
                .withLoggingEnabled(CHANGELOG)
                .withCachingEnabled();
    }

    /** A store that is fed by a topic of its own. */
    static StoreBuilder<KeyValueStore<String, byte[]>> global(String name) {
        return org.apache.kafka.streams.state.Stores.keyValueStoreBuilder(
                        org.apache.kafka.streams.state.Stores.persistentKeyValueStore(name),
                        Serdes.String(),
                        Serdes.ByteArray())
                .withLoggingDisabled();
    }
}
