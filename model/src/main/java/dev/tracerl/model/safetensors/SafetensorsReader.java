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

/** The tensors of one safetensors file of any size; a file is mapped into memory a window at a time. */
public final class SafetensorsReader implements TensorSource, AutoCloseable {
    private static final int LENGTH_BYTES = 8;
    private static final long MAX_HEADER = 100_000_000;

    /** Elements that are converted at a time. */
    private static final int WINDOW = 1 << 26;

    /** Bytes of the file from a position on; at most 2 GiB at a time. */
    private interface Source {
        ByteBuffer bytes(long position, int length) throws IOException;
    }

    private final String file;
    private final Source source;
    private final @Nullable FileChannel channel;
    private final long dataStart;
    private final Map<String, TensorEntry> entries;
    private final Map<String, String> metadata;

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
        this.metadata = SafetensorsHeader.metadata(file, header);
    }

    /**
     * Opens a file; it stays open until {@link #close}.
     *
     * @throws CheckpointException if the file is damaged
     */
    public static SafetensorsReader open(Path path) {
        try {
            FileChannel channel = FileChannel.open(path);
            try {
                Source source = (position, length) -> channel.map(MapMode.READ_ONLY, position, length);
                return new SafetensorsReader(path.toString(), source, channel, channel.size());
            } catch (CheckpointException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
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

    @Override
    public String file() {
        return file;
    }

    /** Names of the tensors in the file's order. */
    @Override
    public Set<String> names() {
        return entries.keySet();
    }

    /** Texts that the file carries about itself, such as its format. */
    public Map<String, String> metadata() {
        return metadata;
    }

    @Override
    public void check(String name, List<Long> shape) {
        TensorEntry entry = entries.get(name);
        if (entry == null) {
            throw new CheckpointException(file + ": tensor " + name + " is missing; expected shape " + shape);
        }
        if (!entry.shape().equals(shape)) {
            throw new CheckpointException(
                    file + ": tensor " + name + " has shape " + entry.shape() + "; expected " + shape);
        }
        if (ElementType.of(entry.type()).isEmpty()) {
            throw new CheckpointException(
                    file + ": tensor " + name + " has type " + entry.type() + "; expected F32, BF16 or F16");
        }
    }

    @Override
    public void read(String name, long from, FloatBuffer target) {
        TensorEntry entry = entries.get(name);
        if (entry == null) {
            throw new CheckpointException(file + ": tensor " + name + " is missing");
        }
        ElementType type = ElementType.of(entry.type()).orElseThrow();
        long position = dataStart + entry.begin() + from * type.bytes();
        try {
            while (target.hasRemaining()) {
                int length = Math.min(target.remaining(), WINDOW) * type.bytes();
                type.read(little(position, length), target);
                position += length;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
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
