package dev.tracerl.schemas;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaUtils;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;

/** Brings a registry into the state that the services expect. Doing it again changes nothing. */
public final class RegistrySetup {

    private static final String COMPATIBILITY = "FULL_TRANSITIVE";

    private final SchemaRegistryClient client;

    /**
     * A set-up of the registry at a URL.
     *
     * @param clientSettings of the Confluent client, such as basic.auth.user.info
     */
    public RegistrySetup(String registryUrl, Map<String, String> clientSettings) {
        this.client = RegistryClients.create(registryUrl, clientSettings);
    }

    /**
     * Makes the registry refuse schemas that are not compatible with all earlier ones in both directions.
     *
     * @throws KafkaException if it cannot be reached or refuses
     */
    public void requireFullCompatibility() {
        try {
            client.updateCompatibility(null, COMPATIBILITY);
        } catch (IOException | RestClientException e) {
            throw new KafkaException(
                    "the registry did not take the compatibility rule " + COMPATIBILITY + ": " + reason(e), e);
        }
    }

    /**
     * Registers the schemas of the topics' values under the subjects that the serializers use.
     *
     * @throws KafkaException if it cannot be reached or refuses one of them
     */
    public void register(Collection<? extends Topic<?>> topics) {
        topics.stream().map(Topic::valueType).distinct().forEach(this::register);
    }

    private void register(Class<? extends SpecificRecord> type) {
        try {
            SpecificRecord empty = type.getDeclaredConstructor().newInstance();
            Schema schema = AvroSchemaUtils.getSchema(empty, false, false, true);
            client.register(schema.getFullName(), new AvroSchema(schema));
        } catch (IOException | RestClientException e) {
            throw new KafkaException("the schema of " + type.getName() + " could not be registered: " + reason(e), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " has no public constructor without arguments", e);
        }
    }

    private static String reason(Exception e) {
        return e instanceof RestClientException refused
                ? "status " + refused.getStatus() + ", " + e.getMessage()
                : String.valueOf(e.getMessage());
    }
}
