package dev.tracerl.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tracerl.schemas.avro.Assignment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WireFormatTest {

    private static final int RECORDS = 20;
    private static final long SEED = 7;

    private final AvroSerdes serdes = new AvroSerdes("mock://wire-format");

    static List<Class<? extends SpecificRecord>> types() {
        return ReleasedSchemas.valueTypes();
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyRecordIsWrittenAsConfluentWritesIt(Class<? extends SpecificRecord> type) {
        // Given
        List<SpecificRecord> records = random(type);
        Serializer<SpecificRecord> serializer = serdes.serializer();

        // When
        List<byte[]> written = records.stream()
                .map(record -> serializer.serialize("topic", record))
                .toList();

        // Then
        // A new serializer leaves its first record to Confluent's.
        List<byte[]> expected = records.stream()
                .map(record -> serdes.serializer().serialize("topic", record))
                .toList();
        assertThat(written).containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @MethodSource("types")
    <V extends SpecificRecord> void everyRecordIsReadAsItWas(Class<V> type) {
        // Given
        List<SpecificRecord> records = random(type);
        Deserializer<V> deserializer = serdes.deserializer(type);

        // When
        // The first one is left to Confluent's deserializer.
        List<SpecificRecord> read = records.stream()
                .map(record -> serdes.serializer().serialize("topic", record))
                .<SpecificRecord>map(bytes -> deserializer.deserialize("topic", bytes))
                .toList();

        // Then
        assertThat(read).containsExactlyElementsOf(records);
    }

    @Test
    void damageIsReportedAlikeInTheFirstRecordAndInLaterOnes() {
        // Given
        byte[] whole = serdes.serializer().serialize("topic", new Assignment("local", "run", Instant.EPOCH));
        byte[] cut = Arrays.copyOf(whole, whole.length - 3);
        Deserializer<Assignment> fresh = serdes.deserializer(Assignment.class);
        Deserializer<Assignment> used = serdes.deserializer(Assignment.class);
        used.deserialize("topic", whole);

        // When
        Throwable first = catchThrowable(() -> fresh.deserialize("topic", cut));
        Throwable later = catchThrowable(() -> used.deserialize("topic", cut));

        // Then
        assertThat(first).isInstanceOf(SerializationException.class);
        assertThat(later).hasSameClassAs(first).hasMessage(first.getMessage());
        assertThat(used.deserialize("topic", whole).getRunId()).isEqualTo("run");
    }

    @Test
    void aRecordThatCannotBeWrittenIsRefusedAsTheFirstOneIs() {
        // Given
        Serializer<Assignment> serializer = serdes.serializer();
        Assignment whole = new Assignment("local", "run", Instant.EPOCH);
        Assignment broken = new Assignment(null, "run", Instant.EPOCH);
        serializer.serialize("topic", whole);

        // When, Then
        assertThatThrownBy(() -> serializer.serialize("topic", broken))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("Error serializing Avro message");
        assertThat(serializer.serialize("topic", whole))
                .isEqualTo(serdes.<Assignment>serializer().serialize("topic", whole));
    }

    @Test
    void noRecordIsNoValue() {
        assertThat(serdes.serializer().serialize("topic", null)).isNull();
    }

    private static List<SpecificRecord> random(Class<? extends SpecificRecord> type) {
        Schema schema = ReleasedSchemas.current(type);
        return StreamSupport.stream(new RandomData(schema, RECORDS, SEED).spliterator(), false)
                .map(generic -> specific(schema, generic))
                .toList();
    }

    private static SpecificRecord specific(Schema schema, Object generic) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<>(schema).write(generic, encoder);
            encoder.flush();
            return new SpecificDatumReader<SpecificRecord>(schema)
                    .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
