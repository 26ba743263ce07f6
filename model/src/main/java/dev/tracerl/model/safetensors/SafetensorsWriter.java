package dev.tracerl.model.safetensors;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes tensors; the same tensors in the same order give the same bytes. */
public final class SafetensorsWriter {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ALIGNMENT = 8;

    /** Elements that are converted at a time. */
    private static final int WINDOW = 1 << 18;

    private SafetensorsWriter() {}

    /**
     * A file of float32 as one array.
     *
     * @throws CheckpointException if an array cannot hold it
     */
    public static byte[] toBytes(List<NamedTensor> tensors) {
        return toBytes(tensors, Map.of());
    }

    /**
     * A file of float32 as one array.
     *
     * @param metadata texts that the file's header carries besides its format
     * @throws CheckpointException if an array cannot hold it
     */
    public static byte[] toBytes(List<NamedTensor> tensors, Map<String, String> metadata) {
        byte[] header = header(tensors, ElementType.F32, metadata);
        long size = tensors.stream().mapToLong(NamedTensor::bytes).sum() + header.length + 8;
        if (size > Integer.MAX_VALUE - 8) {
            throw new CheckpointException("the weights take " + size
                    + " bytes as float32; at most 2 GiB fit into one array, which is how weights travel on the log");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) size);
        try {
            write(header, tensors, ElementType.F32, Channels.newChannel(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Writes the file to a channel, its elements converted to {@code type}. */
    public static void write(List<NamedTensor> tensors, ElementType type, WritableByteChannel channel)
            throws IOException {
        write(header(tensors, type, Map.of()), tensors, type, channel);
    }

    private static void write(byte[] header, List<NamedTensor> tensors, ElementType type, WritableByteChannel channel)
            throws IOException {
        ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        writeAll(channel, length.putLong(header.length).flip());
        writeAll(channel, ByteBuffer.wrap(header));
        for (NamedTensor tensor : tensors) {
            for (ByteBuffer part : tensor.parts()) {
                writePart(part, type, channel);
            }
        }
    }

    private static void writePart(ByteBuffer part, ElementType type, WritableByteChannel channel) throws IOException {
        if (type == ElementType.F32) {
            writeAll(channel, part.duplicate());
            return;
        }
        FloatBuffer values = part.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        ByteBuffer window = ByteBuffer.allocate(WINDOW * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < values.limit(); from += WINDOW) {
            type.write(values.slice(from, Math.min(WINDOW, values.limit() - from)), window.clear());
            writeAll(channel, window.flip());
        }
    }

    /** The header, padded with blanks so that the data is aligned. */
    private static byte[] header(List<NamedTensor> tensors, ElementType type, Map<String, String> metadata) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode texts = root.putObject("__metadata__").put("format", "pt");
        new TreeMap<>(metadata).forEach(texts::put);
        long offset = 0;
        for (NamedTensor tensor : tensors) {
            ObjectNode entry = root.putObject(tensor.name()).put("dtype", type.name());
            tensor.shape().forEach(entry.withArray("shape")::add);
            long end = offset + size(tensor, type);
            entry.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        try {
            String json = JSON.writeValueAsString(root);
            int bytes = json.getBytes(UTF_8).length;
            return (json + " ".repeat((ALIGNMENT - bytes % ALIGNMENT) % ALIGNMENT)).getBytes(UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Bytes of a tensor in a file. */
    static long size(NamedTensor tensor, ElementType type) {
        return tensor.bytes() / Float.BYTES * type.bytes();
    }

    private static void writeAll(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
