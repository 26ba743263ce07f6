package dev.tracerl.trainer.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps a second trainer on the same machine away from a run's checkpoints. Released when the process ends. */
public final class DirectoryLock implements AutoCloseable {

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Locks a directory, which is created if need be.
     *
     * @throws DirectoryInUseException if another trainer has locked it
     */
    public static DirectoryLock of(Path directory) {
        try {
            Files.createDirectories(directory);
            FileChannel channel =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new DirectoryInUseException(
                        directory.toAbsolutePath() + " is in use by another trainer; give each its own data-dir");
            }
            return new DirectoryLock(directory, channel);
        } catch (IOException e) {
            throw new UncheckedIOException(directory.toAbsolutePath() + " cannot be locked", e);
        }
    }

    /** What is locked. */
    public Path directory() {
        return directory;
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the lock could not be released", e);
        }
    }
}
