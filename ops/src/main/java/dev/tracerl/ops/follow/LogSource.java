package dev.tracerl.ops.follow;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Topic;
import java.util.function.Consumer;
import java.util.function.LongBinaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * A topic, what its records are handed to, and where reading begins.
 *
 * @param topic name of the topic
 * @param deserializer reads its values
 * @param handler takes them
 * @param start first offset to read of a partition, of its first offset and its end
 */
record LogSource<V extends SpecificRecord>(
        String topic, Deserializer<V> deserializer, Consumer<V> handler, LongBinaryOperator start) {

    /** All of a topic. */
    static <V extends SpecificRecord> LogSource<V> of(AvroSerdes serdes, Topic<V> topic, Consumer<V> handler) {
        return new LogSource<>(
                topic.name(), serdes.deserializer(topic.valueType()), handler, (beginning, end) -> beginning);
    }

    /** The same from an offset on. */
    LogSource<V> from(long offset) {
        return new LogSource<>(topic, deserializer, handler, (beginning, end) -> Math.max(beginning, offset));
    }

    /** The same from so many offsets before the end of each partition. */
    LogSource<V> newest(long count) {
        return new LogSource<>(topic, deserializer, handler, (beginning, end) -> Math.max(beginning, end - count));
    }

    void handle(byte[] bytes) {
        handler.accept(deserializer.deserialize(topic, bytes));
    }
}
