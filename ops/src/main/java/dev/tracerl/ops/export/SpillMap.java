package dev.tracerl.ops.export;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Byte strings by dense numbers, on disk instead of in memory; the first one of a number stays. Gone when it is closed.
 * Not thread-safe.
 */
final class SpillMap implements AutoCloseable {

    /** For every number the position of its entry plus one; what was never written reads as 0. */
    private final FileChannel index;

    /** Length and bytes of every entry. */
    private final FileChannel entries;

    private long end;

    /** A map in two files beside each other. */
    SpillMap(Path file) {
        try {
            index = open(file.resolveSibling(file.getFileName() + ".index"));
            entries = open(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, CREATE, TRUNCATE_EXISTING, READ, WRITE, DELETE_ON_CLOSE);
    }

    void put(long number, ByteBuffer bytes) {
        try {
            if (position(number) > 0) {
                return;
            }
            ByteBuffer entry = ByteBuffer.allocate(Integer.BYTES + bytes.remaining())
                    .putInt(bytes.remaining())
                    .put(bytes.duplicate())
                    .flip();
            long start = end;
            end += write(entries, entry, start);
            write(index, ByteBuffer.allocate(Long.BYTES).putLong(start + 1).flip(), number * Long.BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<ByteBuffer> get(long number) {
        try {
            long position = position(number);
            if (position == 0) {
                return Optional.empty();
            }
            int length = read(entries, Integer.BYTES, position - 1).getInt();
            return Optional.of(read(entries, length, position - 1 + Integer.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long position(long number) throws IOException {
        long at = number * Long.BYTES;
        return at >= index.size() ? 0 : read(index, Long.BYTES, at).getLong();
    }

    private static long write(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
        return at - position;
    }

    private static ByteBuffer read(FileChannel channel, int length, long position) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new EOFException("an entry ends early");
            }
        }
        return bytes.flip();
    }

    @Override
    public void close() {
        try (index;
                entries) {
            end = 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
