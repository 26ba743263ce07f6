package dev.tracerl.schemas;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Deserializes one record type and says clearly what it found instead. The first record of a schema is left to Confluent's
 * deserializer, which fetches the schema; the following ones are read with it, to equal records, without looking for it again.
 * Thread-safe.
 */
final class TypedDeserializer<V extends SpecificRecord> implements Deserializer<V> {

    private final KafkaAvroDeserializer confluent;
    private final WireSchemas schemas;
    private final Class<V> type;
    private final Map<Integer, SpecificDatumReader<V>> known = new ConcurrentHashMap<>();

    TypedDeserializer(KafkaAvroDeserializer confluent, WireSchemas schemas, Class<V> type) {
        this.confluent = confluent;
        this.schemas = schemas;
        this.type = type;
    }

    @Override
    public @Nullable V deserialize(String topic, byte @Nullable [] bytes) {
        OptionalInt id = WireSchemas.id(bytes);
        if (bytes == null || id.isEmpty()) {
            return decode(topic, bytes);
        }
        SpecificDatumReader<V> reader = known.get(id.getAsInt());
        return reader == null ? meet(topic, bytes, id.getAsInt()) : read(reader, topic, bytes);
    }

    private @Nullable V meet(String topic, byte[] bytes, int id) {
        V value = decode(topic, bytes);
        schemas.find(id).ifPresent(schema -> known.put(id, reader(schema)));
        return value;
    }

    private SpecificDatumReader<V> reader(Schema written) {
        SpecificData data = SpecificData.getForClass(type);
        return new SpecificDatumReader<>(written, data.getSchema(type), data);
    }

    private @Nullable V read(SpecificDatumReader<V> reader, String topic, byte[] bytes) {
        int length = bytes.length - WireSchemas.PREFIX;
        try {
            return reader.read(null, DecoderFactory.get().binaryDecoder(bytes, WireSchemas.PREFIX, length, null));
        } catch (IOException | RuntimeException e) {
            // It says what is wrong with the bytes.
            return decode(topic, bytes);
        }
    }

    private @Nullable V decode(String topic, byte @Nullable [] bytes) {
        Object value = confluent(topic, bytes);
        if (value != null && !type.isInstance(value)) {
            throw new SerializationException("topic " + topic + ": expected " + type.getSimpleName() + ", found "
                    + value.getClass().getSimpleName());
        }
        return type.cast(value);
    }

    private @Nullable Object confluent(String topic, byte @Nullable [] bytes) {
        try {
            return confluent.deserialize(topic, bytes);
        } catch (SerializationException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new SerializationException("topic " + topic + ": the bytes are no " + type.getSimpleName(), e);
        }
    }

    @Override
    public void close() {
        confluent.close();
    }
}
