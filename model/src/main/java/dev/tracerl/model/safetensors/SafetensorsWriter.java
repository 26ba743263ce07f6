package dev.tracerl.model.safetensors;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
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

    /** A file of float32, which shares the tensors' data: nothing is copied. */
    public static TensorBytes bytes(List<NamedTensor> tensors) {
        return bytes(tensors, Map.of());
    }

    /**
     * A file of float32, which shares the tensors' data: nothing is copied.
     *
     * @param metadata texts that the file's header carries besides its format
     */
    public static TensorBytes bytes(List<NamedTensor> tensors, Map<String, String> metadata) {
        byte[] header = header(tensors, ElementType.F32, metadata);
        List<ByteBuffer> parts = new ArrayList<>(List.of(length(header), ByteBuffer.wrap(header)));
        tensors.forEach(tensor -> parts.addAll(tensor.parts()));
        return new JoinedBytes(parts);
    }

    /** Writes the file to a channel, its elements converted to {@code type}. */
    public static void write(List<NamedTensor> tensors, ElementType type, WritableByteChannel channel)
            throws IOException {
        byte[] header = header(tensors, type, Map.of());
        writeAll(channel, length(header));
        writeAll(channel, ByteBuffer.wrap(header));
        for (NamedTensor tensor : tensors) {
            for (ByteBuffer part : tensor.parts()) {
                writePart(part, type, channel);
            }
        }
    }

    private static ByteBuffer length(byte[] header) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .flip();
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
