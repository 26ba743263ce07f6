package dev.tracerl.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.schemas.avro.Assignment;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WireSchemasTest {

    @Test
    void aValueMovesToARegistryWithOtherIds() {
        // Given
        AvroSerdes here = new AvroSerdes("mock://here");
        AvroSerdes there = new AvroSerdes("mock://there");
        there.schemas().register(dev.tracerl.schemas.avro.WeightChunk.getClassSchema());
        Assignment assignment = Assignment.newBuilder()
                .setDeployment("local")
                .setRunId("r")
                .setAt(Instant.EPOCH)
                .build();
        byte[] value = here.<Assignment>serializer().serialize("assignments", assignment);
        int id = WireSchemas.id(value).orElseThrow();

        // When
        int moved = there.schemas().register(here.schemas().find(id).orElseThrow());
        byte[] rewritten = WireSchemas.withId(value, moved);

        // Then
        assertThat(moved).isNotEqualTo(id);
        assertThat(there.deserializer(Assignment.class).deserialize("assignments", rewritten))
                .isEqualTo(assignment);
        assertThat(WireSchemas.id(value)).hasValue(id);
    }

    @Test
    void bytesInAnotherFormatNameNoSchema() {
        assertThat(WireSchemas.id(null)).isEmpty();
        assertThat(WireSchemas.id(new byte[] {0, 0, 0, 1})).isEmpty();
        assertThat(WireSchemas.id(new byte[] {1, 0, 0, 0, 1})).isEmpty();
        assertThat(WireSchemas.id(new byte[] {0, 0, 0, 1, 2})).hasValue(258);
    }

    @Test
    void anUnknownIdHasNoSchema() {
        assertThat(new AvroSerdes("mock://empty").schemas().find(99)).isEmpty();
    }
}
