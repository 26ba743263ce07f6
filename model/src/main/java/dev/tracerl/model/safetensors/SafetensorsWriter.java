package dev.tracerl.model.safetensors;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/** Writes float32 tensors; the same tensors in the same order give the same bytes. */
public final class SafetensorsWriter {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ALIGNMENT = 8;

    private SafetensorsWriter() {}

    /** The file as one array. */
    public static byte[] toBytes(List<NamedTensor> tensors) {
        long size =
                tensors.stream().mapToLong(tensor -> tensor.data().remaining()).sum();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.toIntExact(size + 4096));
        try {
            write(tensors, Channels.newChannel(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Writes the file to a channel. */
    public static void write(List<NamedTensor> tensors, WritableByteChannel channel) throws IOException {
        byte[] header = header(tensors);
        ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        writeAll(channel, length.putLong(header.length).flip());
        writeAll(channel, ByteBuffer.wrap(header));
        for (NamedTensor tensor : tensors) {
            writeAll(channel, tensor.data().duplicate());
        }
    }

    /** The header, padded with blanks so that the data is aligned. */
    private static byte[] header(List<NamedTensor> tensors) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("__metadata__").put("format", "pt");
        long offset = 0;
        for (NamedTensor tensor : tensors) {
            ObjectNode entry = root.putObject(tensor.name()).put("dtype", "F32");
            tensor.shape().forEach(entry.withArray("shape")::add);
            long end = offset + tensor.data().remaining();
            entry.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        String json = JSON.writeValueAsString(root);
        int bytes = json.getBytes(UTF_8).length;
        return (json + " ".repeat((ALIGNMENT - bytes % ALIGNMENT) % ALIGNMENT)).getBytes(UTF_8);
    }

    private static void writeAll(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
