package dev.tracerl.schemas;

import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Serializes records in the wire format. The first one of a class is left to Confluent's serializer, which registers its
 * schema; the following ones are written with the same id, to the same bytes, without looking for the schema again.
 * Thread-safe.
 */
final class WireSerializer<V extends SpecificRecord> implements Serializer<V> {

    private static final int LEAST_BYTES = 256;
    private static final int MOST_BYTES = 256 * 1024;

    private final KafkaAvroSerializer confluent;
    private final Map<Class<?>, Known> known = new ConcurrentHashMap<>();

    WireSerializer(KafkaAvroSerializer confluent) {
        this.confluent = confluent;
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable V value) {
        if (value == null) {
            return null;
        }
        Known type = known.get(value.getClass());
        return type == null ? register(topic, value) : write(type, topic, value);
    }

    private byte[] register(String topic, V value) {
        byte[] bytes = confluent.serialize(topic, value);
        WireSchemas.id(bytes).ifPresent(id -> known.put(value.getClass(), new Known(id, writer(value))));
        return bytes;
    }

    private static SpecificDatumWriter<SpecificRecord> writer(SpecificRecord value) {
        return new SpecificDatumWriter<>(value.getSchema(), SpecificData.getForClass(value.getClass()));
    }

    private byte[] write(Known type, String topic, V value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(type.expected());
        bytes.writeBytes(type.prefix());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            type.writer().write(value, encoder);
            encoder.flush();
            type.written(bytes.size());
            return bytes.toByteArray();
        } catch (IOException | AvroRuntimeException | NullPointerException | ClassCastException e) {
            // It says what is wrong with the record.
            return confluent.serialize(topic, value);
        }
    }

    @Override
    public void close() {
        confluent.close();
    }

    /** What is the same for all records of a class; their lengths are alike, so that the last one's is expected again. */
    private static final class Known {

        private final byte[] prefix;
        private final SpecificDatumWriter<SpecificRecord> writer;
        private volatile int expected = LEAST_BYTES;

        Known(int id, SpecificDatumWriter<SpecificRecord> writer) {
            this.prefix = ByteBuffer.allocate(WireSchemas.PREFIX)
                    .put((byte) 0)
                    .putInt(id)
                    .array();
            this.writer = writer;
        }

        byte[] prefix() {
            return prefix;
        }

        SpecificDatumWriter<SpecificRecord> writer() {
            return writer;
        }

        int expected() {
            return expected;
        }

        void written(int bytes) {
            expected = Math.min(MOST_BYTES, Math.max(LEAST_BYTES, bytes));
        }
    }
}
