package dev.tracerl.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** Values in the wire format as generic records of the schema that wrote them, so that no field is lost. */
public final class WireRecords {

    private WireRecords() {}

    /** The record of a value; none if the bytes are no record of the schema, or more than that. */
    public static Optional<GenericRecord> decode(Schema schema, byte[] value) {
        BinaryDecoder decoder =
                DecoderFactory.get().binaryDecoder(value, WireSchemas.PREFIX, value.length - WireSchemas.PREFIX, null);
        try {
            GenericRecord found = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
            return decoder.isEnd() ? Optional.of(found) : Optional.empty();
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** A record in the wire format, with an id of its schema. */
    public static byte[] encode(int id, GenericRecord record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(
                ByteBuffer.allocate(WireSchemas.PREFIX).put((byte) 0).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A copy of a buffer's bytes. */
    public static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
