package dev.tracerl.schemas.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Collects bytes in a file in the folder for temporary files ({@code java.io.tmpdir}), outside the heap. Gone when closed,
 * on Linux also when the process is killed.
 */
final class TemporaryFile implements AutoCloseable {

    private final String name;
    private final FileChannel channel;

    /** @param name what the bytes are, for messages */
    TemporaryFile(String name) {
        this.name = name;
        try {
            Path file = Files.createTempFile("tracerl-weights-", ".part");
            this.channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Writes bytes behind those that are there. */
    void append(ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** What was written; the file is closed with it. */
    WeightBytes bytes() {
        try {
            return WeightBytes.in(name, channel);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private UncheckedIOException failure(IOException cause) {
        return new UncheckedIOException(
                name + " cannot be kept in " + System.getProperty("java.io.tmpdir")
                        + "; give it room for them, or another folder with -Djava.io.tmpdir: " + cause.getMessage(),
                cause);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw failure(e);
        }
    }
}
