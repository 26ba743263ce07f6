package dev.tracerl.ops.follow;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Topic;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * A topic and what its records are handed to.
 *
 * @param topic name of the topic
 * @param deserializer reads its values
 * @param handler takes them
 */
record LogSource<V extends SpecificRecord>(String topic, Deserializer<V> deserializer, Consumer<V> handler) {

    static <V extends SpecificRecord> LogSource<V> of(AvroSerdes serdes, Topic<V> topic, Consumer<V> handler) {
        return new LogSource<>(topic.name(), serdes.deserializer(topic.valueType()), handler);
    }

    void handle(byte[] bytes) {
        handler.accept(deserializer.deserialize(topic, bytes));
    }
}
