package dev.tracerl.schemas.weights;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a version, or of a file of a trainer's state: of any size, in memory or in a file, read a part at a time.
 * They never change. Not thread-safe.
 */
public final class WeightBytes implements AutoCloseable {

    /** No bytes. */
    public static final WeightBytes NONE = of(new byte[0]);

    /** Bytes that are read at a time. */
    static final int WINDOW = 1 << 20;

    private final long size;
    private final Reader reader;
    private final Closeable resource;
    private @Nullable String sha256;

    private WeightBytes(long size, Reader reader, Closeable resource) {
        this.size = size;
        this.reader = reader;
        this.resource = resource;
    }

    /** Bytes of an array, which is shared and must not be written. */
    public static WeightBytes of(byte[] bytes) {
        return of(bytes.length, (position, target) -> target.put(bytes, (int) position, target.remaining()));
    }

    /** Bytes that a function reads. */
    public static WeightBytes of(long size, Reader reader) {
        return new WeightBytes(size, reader, () -> {});
    }

    /**
     * Bytes of a file, which is open until {@link #close}.
     *
     * @throws IOException if it cannot be opened
     */
    public static WeightBytes in(Path file) throws IOException {
        return in(file.toString(), FileChannel.open(file));
    }

    /** @param channel closed with the bytes */
    static WeightBytes in(String name, FileChannel channel) throws IOException {
        return new WeightBytes(channel.size(), (position, target) -> read(name, channel, position, target), channel);
    }

    private static void read(String name, FileChannel channel, long position, ByteBuffer target) {
        long next = position;
        try {
            while (target.hasRemaining()) {
                int count = channel.read(target, next);
                if (count < 0) {
                    throw new CorruptWeightsException(name + " was cut off at byte " + next + " while it was read");
                }
                next += count;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }

    /** How many there are. */
    public long size() {
        return size;
    }

    /** Fills all that remains of the target with the bytes from a position on. */
    public void read(long position, ByteBuffer target) {
        reader.read(position, target);
    }

    /** The bytes from a position on, in a buffer of their own: as many as there are, but not more than {@code most}. */
    public ByteBuffer part(long position, int most) {
        ByteBuffer part = ByteBuffer.allocate((int) Math.min(most, size - position));
        read(position, part);
        return part.flip();
    }

    /** Lower-case hexadecimal SHA-256; they are read once for it. */
    public String sha256() {
        if (sha256 == null) {
            sha256 = Checksum.of(this);
        }
        return sha256;
    }

    /** Writes all of them. */
    public void writeTo(WritableByteChannel channel) throws IOException {
        for (long position = 0; position < size; position += WINDOW) {
            ByteBuffer part = part(position, WINDOW);
            while (part.hasRemaining()) {
                channel.write(part);
            }
        }
    }

    /** All of them, for a file that is known to be small. */
    public byte[] toArray() {
        return part(0, Math.toIntExact(size)).array();
    }

    @Override
    public void close() {
        try {
            resource.close();
        } catch (IOException e) {
            throw new UncheckedIOException("bytes of weights could not be closed", e);
        }
    }

    /** Reads bytes. */
    @FunctionalInterface
    public interface Reader {

        /** See {@link WeightBytes#read}. */
        void read(long position, ByteBuffer target);
    }
}
