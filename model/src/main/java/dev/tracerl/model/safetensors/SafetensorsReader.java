package dev.tracerl.model.safetensors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tensors of one safetensors file of any size; what is asked for is read a window at a time. */
public final class SafetensorsReader implements TensorSource, AutoCloseable {
    private static final int LENGTH_BYTES = 8;
    private static final long MAX_HEADER = 100_000_000;

    /** Elements that are converted at a time. */
    private static final int WINDOW = 1 << 18;

    private final String file;
    private final TensorBytes bytes;
    private final @Nullable FileChannel channel;
    private final long dataStart;
    private final Map<String, TensorEntry> entries;
    private final Map<String, String> metadata;

    private SafetensorsReader(String file, TensorBytes bytes, @Nullable FileChannel channel) {
        this.file = file;
        this.bytes = bytes;
        this.channel = channel;
        long length = bytes.size();
        long headerLength = length < LENGTH_BYTES ? -1 : little(0, LENGTH_BYTES).getLong();
        if (headerLength < 0 || headerLength > Math.min(MAX_HEADER, length - LENGTH_BYTES)) {
            throw new CheckpointException(file + ": not a safetensors file, or cut off: " + length + " bytes");
        }
        this.dataStart = LENGTH_BYTES + headerLength;
        byte[] header = little(LENGTH_BYTES, (int) headerLength).array();
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
                TensorBytes bytes = TensorBytes.of(
                        channel.size(), (position, target) -> read(path.toString(), channel, position, target));
                return new SafetensorsReader(path.toString(), bytes, channel);
            } catch (CheckpointException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        }
    }

    /** Reads bytes, which must not change until {@link #close}; {@code name} stands for the file in messages. */
    public static SafetensorsReader of(String name, TensorBytes bytes) {
        return new SafetensorsReader(name, bytes, null);
    }

    private static void read(String file, FileChannel channel, long position, ByteBuffer target) {
        long next = position;
        try {
            while (target.hasRemaining()) {
                int count = channel.read(target, next);
                if (count < 0) {
                    throw new CheckpointException(
                            file + ": ends at byte " + next + "; it was cut off while it was read");
                }
                next += count;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
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
        while (target.hasRemaining()) {
            ByteBuffer window = little(position, Math.min(target.remaining(), WINDOW) * type.bytes());
            type.read(window, target);
            position += window.capacity();
        }
    }

    private ByteBuffer little(long position, int length) {
        ByteBuffer window = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.read(position, window);
        return window.flip();
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
