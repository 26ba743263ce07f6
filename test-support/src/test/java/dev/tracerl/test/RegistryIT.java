package dev.tracerl.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.broker.FreePort;
import dev.tracerl.broker.RegistryNode;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry, and the repacked client against it. */
class RegistryIT {
    private static final Schema COUNT =
            SchemaBuilder.record("Count").fields().requiredInt("n").endRecord();
    private static final Schema BREAKING =
            SchemaBuilder.record("Count").fields().requiredString("n").endRecord();

    @Test
    void writesAndReadsThroughTheRegistry() {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start();
                KafkaAvroSerializer serializer = new KafkaAvroSerializer();
                KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer()) {
            // Given
            Map<String, Object> settings = Map.of("schema.registry.url", registry.url());
            serializer.configure(settings, false);
            deserializer.configure(settings, false);
            GenericRecord three = new GenericRecordBuilder(COUNT).set("n", 3).build();

            // When
            Object read = deserializer.deserialize("counts", serializer.serialize("counts", three));

            // Then
            assertThat(read).isEqualTo(three);
        }
    }

    @Test
    void keepsItsSchemasAndRefusesBreakingOnesAfterARestart(@TempDir Path directory) throws Exception {
        // Given
        Path home = Path.of(System.getProperty("tracerl.registry.home"));
        try (RegistryNode first = RegistryNode.start(home, directory, FreePort.find());
                SchemaRegistryClient client = new CachedSchemaRegistryClient(first.url(), 10)) {
            client.register("Count", new AvroSchema(COUNT));
        }

        // When
        try (RegistryNode second = RegistryNode.start(home, directory, FreePort.find());
                SchemaRegistryClient client = new CachedSchemaRegistryClient(second.url(), 10)) {

            // Then
            assertThat(client.getAllSubjects()).containsExactly("Count");
            assertThatThrownBy(() -> client.register("Count", new AvroSchema(BREAKING)))
                    .hasMessageContaining("409");
        }
    }
}
