package dev.tracerl.model.safetensors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tensors of one safetensors file, converted to float32 when they are asked for. */
public final class SafetensorsReader implements AutoCloseable {
    private static final int LENGTH_BYTES = 8;
    private static final long MAX_HEADER = 100_000_000;

    /** Bytes of the file from a position on; at most 2 GiB at a time. */
    private interface Source {
        ByteBuffer bytes(long position, int length) throws IOException;
    }

    private final String file;
    private final Source source;
    private final @Nullable FileChannel channel;
    private final long dataStart;
    private final Map<String, TensorEntry> entries;

    private SafetensorsReader(String file, Source source, @Nullable FileChannel channel, long length)
            throws IOException {
        this.file = file;
        this.source = source;
        this.channel = channel;
        long headerLength = length < LENGTH_BYTES ? -1 : little(0, LENGTH_BYTES).getLong();
        if (headerLength < 0 || headerLength > Math.min(MAX_HEADER, length - LENGTH_BYTES)) {
            throw new CheckpointException(file + ": not a safetensors file, or cut off: " + length + " bytes");
        }
        this.dataStart = LENGTH_BYTES + headerLength;
        byte[] header = new byte[(int) headerLength];
        little(LENGTH_BYTES, header.length).get(header);
        this.entries = SafetensorsHeader.parse(file, header, length - dataStart);
    }

    /** Opens a file; it stays open until {@link #close}. */
    public static SafetensorsReader open(Path path) {
        try {
            FileChannel channel = FileChannel.open(path);
            Source source = (position, length) -> channel.map(MapMode.READ_ONLY, position, length);
            return new SafetensorsReader(path.toString(), source, channel, channel.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads from memory; {@code name} stands for the file in messages. The array is shared. */
    public static SafetensorsReader of(String name, byte[] bytes) {
        try {
            Source source = (position, length) -> ByteBuffer.wrap(bytes, (int) position, length);
            return new SafetensorsReader(name, source, null, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file's name in messages. */
    public String file() {
        return file;
    }

    /** Names of the tensors in the file's order. */
    public Set<String> names() {
        return entries.keySet();
    }

    /**
     * Converts a tensor to float32.
     *
     * @param target filled from its position with as many elements as {@code shape} has
     * @throws CheckpointException if the tensor is missing, or has another shape or a type that is no float
     */
    public void read(String name, List<Long> shape, FloatBuffer target) {
        TensorEntry entry = entries.get(name);
        if (entry == null) {
            throw new CheckpointException(file + ": tensor " + name + " is missing; expected shape " + shape);
        }
        if (!entry.shape().equals(shape)) {
            throw new CheckpointException(
                    file + ": tensor " + name + " has shape " + entry.shape() + "; expected " + shape);
        }
        ElementType type = type(name, entry);
        if (entry.end() - entry.begin() != entry.size() * type.bytes()) {
            throw new CheckpointException(file + ": tensor " + name + " has " + (entry.end() - entry.begin())
                    + " bytes; expected " + entry.size() * type.bytes());
        }
        try {
            type.read(little(dataStart + entry.begin(), Math.toIntExact(entry.end() - entry.begin())), target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ElementType type(String name, TensorEntry entry) {
        for (ElementType type : ElementType.values()) {
            if (type.name().equals(entry.type())) {
                return type;
            }
        }
        throw new CheckpointException(
                file + ": tensor " + name + " has type " + entry.type() + "; expected F32, BF16 or F16");
    }

    private ByteBuffer little(long position, int length) throws IOException {
        return source.bytes(position, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
