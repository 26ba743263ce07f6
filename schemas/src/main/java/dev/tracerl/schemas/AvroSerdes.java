package dev.tracerl.schemas;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.serializers.AbstractKafkaSchemaSerDeConfig;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroDeserializerConfig;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.confluent.kafka.serializers.KafkaAvroSerializerConfig;
import io.confluent.kafka.serializers.subject.RecordNameStrategy;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Serdes of the catalogue's values: the Confluent wire format, generated classes, subjects by record name. All serdes
 * of one instance share a registry client and its cache. Thread-safe.
 */
public final class AvroSerdes {

    private static final int MAX_ITEMS = 1_000_000;

    // A damaged length must not make Avro allocate more than the largest record holds.
    static {
        limit("org.apache.avro.limits.bytes.maxLength", Topics.MAX_RECORD_BYTES);
        limit("org.apache.avro.limits.string.maxLength", Topics.MAX_RECORD_BYTES);
        limit("org.apache.avro.limits.collectionItems.maxLength", MAX_ITEMS);
    }

    private final SchemaRegistryClient client;
    private final Map<String, Object> settings;

    /** Serdes on the registry at a URL; several URLs are separated by commas. */
    public AvroSerdes(String registryUrl) {
        this(registryUrl, Map.of());
    }

    /**
     * Serdes on a registry with settings of the Confluent client, such as basic.auth.user.info.
     *
     * @param registryUrl one or more URLs, separated by commas; {@code mock://name} is a registry within the process,
     *     for tests
     */
    public AvroSerdes(String registryUrl, Map<String, String> clientSettings) {
        this.client = RegistryClients.create(registryUrl, clientSettings);
        this.settings = Map.of(
                AbstractKafkaSchemaSerDeConfig.SCHEMA_REGISTRY_URL_CONFIG,
                registryUrl,
                AbstractKafkaSchemaSerDeConfig.VALUE_SUBJECT_NAME_STRATEGY,
                RecordNameStrategy.class.getName(),
                KafkaAvroSerializerConfig.AVRO_REMOVE_JAVA_PROPS_CONFIG,
                true,
                KafkaAvroDeserializerConfig.SPECIFIC_AVRO_READER_CONFIG,
                true);
    }

    /** Serde of a topic's values. Deserializing anything else throws a SerializationException. */
    public <V extends SpecificRecord> Serde<V> of(Topic<V> topic) {
        return of(topic.valueType());
    }

    /** Serde of a record type. */
    public <V extends SpecificRecord> Serde<V> of(Class<V> type) {
        return Serdes.serdeFrom(serializer(), deserializer(type));
    }

    /** Serializer of any record of the contract. */
    public <V extends SpecificRecord> Serializer<V> serializer() {
        KafkaAvroSerializer serializer = new KafkaAvroSerializer(client);
        serializer.configure(settings, false);
        return new WireSerializer<>(serializer);
    }

    /** Deserializer of one record type. */
    public <V extends SpecificRecord> Deserializer<V> deserializer(Class<V> type) {
        return new TypedDeserializer<>(new KafkaAvroDeserializer(client, settings), schemas(), type);
    }

    /** The schemas of the registry. */
    public WireSchemas schemas() {
        return new WireSchemas(client);
    }

    private static void limit(String property, int most) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, String.valueOf(most));
        }
    }
}
