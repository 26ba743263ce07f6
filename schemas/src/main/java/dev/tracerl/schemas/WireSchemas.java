package dev.tracerl.schemas;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The schemas behind the ids of the Confluent wire format, for tools that move records between registries: a value is a
 * zero byte, the id of its schema (four bytes, big-endian), then Avro's binary encoding.
 */
public final class WireSchemas {

    /** Bytes before the encoding. */
    public static final int PREFIX = 1 + Integer.BYTES;

    private static final int NOT_FOUND = 404;

    private final SchemaRegistryClient client;

    WireSchemas(SchemaRegistryClient client) {
        this.client = client;
    }

    /** The id that a value names; none if it is not in the wire format. */
    public static OptionalInt id(byte @Nullable [] value) {
        return value == null || value.length < PREFIX || value[0] != 0
                ? OptionalInt.empty()
                : OptionalInt.of(ByteBuffer.wrap(value, 1, Integer.BYTES).getInt());
    }

    /** A copy of a value in the wire format that names another id. */
    public static byte[] withId(byte[] value, int id) {
        byte[] copy = value.clone();
        ByteBuffer.wrap(copy).putInt(1, id);
        return copy;
    }

    /**
     * The schema of an id; none if the registry does not know it.
     *
     * @throws RegistryUnavailableException if the registry does not answer
     */
    public Optional<Schema> find(int id) {
        try {
            return Optional.of((Schema) client.getSchemaById(id).rawSchema());
        } catch (RestClientException e) {
            if (e.getStatus() == NOT_FOUND) {
                return Optional.empty();
            }
            throw new IllegalStateException("the registry refused to show schema " + id + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new RegistryUnavailableException(e);
        }
    }

    /**
     * Registers a schema under its record's name, as the serializer does, unless it is there.
     *
     * @return its id in this registry
     * @throws IllegalStateException if the registry refuses it, for instance as incompatible
     * @throws RegistryUnavailableException if the registry does not answer
     */
    public int register(Schema schema) {
        try {
            return client.register(schema.getFullName(), new AvroSchema(schema));
        } catch (RestClientException e) {
            throw new IllegalStateException(
                    "the registry refused the schema of " + schema.getFullName() + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new RegistryUnavailableException(e);
        }
    }
}
