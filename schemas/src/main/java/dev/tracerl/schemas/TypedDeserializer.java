package dev.tracerl.schemas;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Deserializes one record type and says clearly what it found instead. */
final class TypedDeserializer<V extends SpecificRecord> implements Deserializer<V> {

    private final KafkaAvroDeserializer avro;
    private final Class<V> type;

    TypedDeserializer(KafkaAvroDeserializer avro, Class<V> type) {
        this.avro = avro;
        this.type = type;
    }

    @Override
    public @Nullable V deserialize(String topic, byte @Nullable [] bytes) {
        Object value = decode(topic, bytes);
        if (value != null && !type.isInstance(value)) {
            throw new SerializationException("topic " + topic + ": expected " + type.getSimpleName() + ", found "
                    + value.getClass().getSimpleName());
        }
        return type.cast(value);
    }

    private @Nullable Object decode(String topic, byte @Nullable [] bytes) {
        try {
            return avro.deserialize(topic, bytes);
        } catch (SerializationException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new SerializationException("topic " + topic + ": the bytes are no " + type.getSimpleName(), e);
        }
    }

    @Override
    public void close() {
        avro.close();
    }
}
