package dev.tracerl.ops.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tracerl.ops.archive.ArchivedRecord.ArchivedHeader;
import dev.tracerl.schemas.Topics;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A record in a segment file: length of the body, body, CRC-32C of the body. All numbers are big-endian.
 *
 * <pre>
 *   body = offset (8) timestamp (8) key value count-of-headers (4) { key value }
 *   key, value = length (4; -1: none) bytes
 * </pre>
 */
final class RecordCodec {

    /** Key, value and headers of the largest record, and room for their lengths. */
    private static final int MAX_BODY = Topics.MAX_RECORD_BYTES + 1024 * 1024;

    private RecordCodec() {}

    /** Writes a record and returns how many bytes it took. */
    static int write(ArchivedRecord record, DataOutputStream out) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream fields = new DataOutputStream(body);
        fields.writeLong(record.offset());
        fields.writeLong(record.timestamp());
        writeBytes(record.key(), fields);
        writeBytes(record.value(), fields);
        fields.writeInt(record.headers().size());
        for (ArchivedHeader header : record.headers()) {
            writeBytes(header.key().getBytes(UTF_8), fields);
            writeBytes(header.value(), fields);
        }
        byte[] bytes = body.toByteArray();
        out.writeInt(bytes.length);
        out.write(bytes);
        out.writeInt(checksum(bytes));
        return 2 * Integer.BYTES + bytes.length;
    }

    /**
     * Reads the next record; null at the end of the stream.
     *
     * @throws IOException if the bytes are not a whole, undamaged record
     */
    static @Nullable ArchivedRecord read(DataInputStream in) throws IOException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        int length = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
        if (length < 0 || length > MAX_BODY) {
            throw new IOException("a record cannot have " + length + " bytes");
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the file ends within the record");
        }
        if (in.readInt() != checksum(bytes)) {
            throw new IOException("the record's checksum differs");
        }
        return body(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    private static ArchivedRecord body(DataInputStream fields) throws IOException {
        long offset = fields.readLong();
        long timestamp = fields.readLong();
        byte[] key = readBytes(fields);
        byte[] value = readBytes(fields);
        int count = fields.readInt();
        List<ArchivedHeader> headers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = new String(Objects.requireNonNull(readBytes(fields), "header without a key"), UTF_8);
            headers.add(new ArchivedHeader(name, readBytes(fields)));
        }
        return new ArchivedRecord(offset, timestamp, key, value, headers);
    }

    private static void writeBytes(byte @Nullable [] bytes, DataOutputStream out) throws IOException {
        if (bytes == null) {
            out.writeInt(-1);
        } else {
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    private static byte @Nullable [] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length < 0 ? null : in.readNBytes(length);
    }

    private static int checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, bytes.length);
        return (int) checksum.getValue();
    }
}
