package dev.tracerl.trainer.state;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Avro container files. They hold the writer's schema, so that a later release can read them. */
final class AvroFiles {

    private AvroFiles() {}

    static <V extends SpecificRecord> byte[] write(Schema schema, List<V> values) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataFileWriter<V> writer = new DataFileWriter<>(new SpecificDatumWriter<V>(schema))) {
            writer.create(schema, bytes);
            for (V value : values) {
                writer.append(value);
            }
        }
        return bytes.toByteArray();
    }

    static <V extends SpecificRecord> List<V> read(Class<V> type, byte[] file) throws IOException {
        List<V> values = new ArrayList<>();
        try (DataFileReader<V> reader =
                new DataFileReader<>(new SeekableByteArrayInput(file), new SpecificDatumReader<>(type))) {
            reader.forEachRemaining(values::add);
        }
        return values;
    }
}
