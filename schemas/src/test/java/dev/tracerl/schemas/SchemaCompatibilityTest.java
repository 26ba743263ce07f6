package dev.tracerl.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaCompatibilityTest {

    static Stream<Class<? extends SpecificRecord>> valueTypes() {
        return ReleasedSchemas.valueTypes().stream();
    }

    @ParameterizedTest
    @MethodSource("valueTypes")
    void everySchemaReadsAndIsReadByItsReleasedVersions(Class<? extends SpecificRecord> type) {
        // Given
        Schema current = ReleasedSchemas.current(type);

        // When
        List<Schema> released = ReleasedSchemas.released(type.getSimpleName());

        // Then
        assertThat(released).as("releases of %s", type.getSimpleName()).isNotEmpty();
        assertThat(released).allSatisfy(version -> {
            assertThat(canRead(current, version)).isTrue();
            assertThat(canRead(version, current)).isTrue();
        });
    }

    @Test
    void aRequiredFieldWithoutDefaultIsRefused() {
        // Given
        Schema released = ReleasedSchemas.released("Task").get(0);
        Schema broken = new Schema.Parser()
                .parse(released.toString()
                        .replaceFirst("\"fields\":\\[", "\"fields\":[{\"name\":\"x\",\"type\":\"int\"},"));

        // When
        boolean compatible = canRead(broken, released);

        // Then
        assertThat(compatible).isFalse();
    }

    @ParameterizedTest
    @MethodSource("valueTypes")
    void everyFieldIsDocumented(Class<? extends SpecificRecord> type) {
        // Given
        Schema current = ReleasedSchemas.current(type);

        // When
        Stream<Schema.Field> undocumented = current.getFields().stream()
                .filter(field -> field.doc() == null || field.doc().isBlank());

        // Then
        assertThat(undocumented).isEmpty();
        assertThat(current.getDoc()).isNotBlank();
    }

    private static boolean canRead(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                        .getType()
                == SchemaCompatibilityType.COMPATIBLE;
    }
}
