package dev.tracerl.schemas;

import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A topic of the catalogue. Keys are UTF-8 strings, values are Avro records of one type.
 *
 * @param name name on the broker
 * @param valueType generated Avro class of the values
 * @param partitions number of partitions
 * @param settings topic configuration, by Kafka's names
 * @param <V> type of the values
 */
public record Topic<V extends SpecificRecord>(
        String name, Class<V> valueType, int partitions, Map<String, String> settings) {

    public Topic {
        if (partitions < 1) {
            throw new IllegalArgumentException("topic " + name + ": partitions must be at least 1, not " + partitions);
        }
        settings = Map.copyOf(settings);
    }

    /** The same topic in another layout. */
    public Topic<V> withPartitions(int count) {
        return new Topic<>(name, valueType, count, settings);
    }

    /** Description for an admin client, with the replication factor of the cluster. */
    public NewTopic newTopic(short replication) {
        return new NewTopic(name, partitions, replication).configs(settings);
    }
}
