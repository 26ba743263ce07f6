package dev.tracerl.schemas;

import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientConfig;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes registry clients. */
final class RegistryClients {

    private static final int CACHED_SCHEMAS = 1000;

    private RegistryClients() {}

    /**
     * A client of the registry at one or more URLs, separated by commas.
     *
     * @param settings of the Confluent client, such as basic.auth.user.info or ssl.truststore.location
     */
    static SchemaRegistryClient create(String urls, Map<String, String> settings) {
        return SchemaRegistryClientFactory.newClient(
                List.of(urls.split(",")),
                CACHED_SCHEMAS,
                List.of(new AvroSchemaProvider()),
                prefixed(settings),
                Map.of());
    }

    /** The client looks for settings of TLS under their long names only, and for the others under both. */
    private static Map<String, String> prefixed(Map<String, String> settings) {
        Map<String, String> prefixed = new TreeMap<>();
        settings.forEach((key, value) -> prefixed.put(
                key.startsWith(SchemaRegistryClientConfig.CLIENT_NAMESPACE)
                        ? key
                        : SchemaRegistryClientConfig.CLIENT_NAMESPACE + key,
                value));
        return prefixed;
    }
}
