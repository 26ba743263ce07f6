package dev.tracerl.ops.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tracerl.schemas.avro.RunSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of an export: {@code TABLE/run=RUN/part-NNNNNN.parquet} and, in {@code _export/RUN}, the manifest, the lock
 * and files that exist during an export only. Several runs may share a folder.
 */
final class ExportFolder implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path root;
    private final String runId;
    private final FileChannel lock;

    private ExportFolder(Path root, String runId, FileChannel lock) {
        this.root = root;
        this.runId = runId;
        this.lock = lock;
    }

    /**
     * Takes the folder for one run.
     *
     * @throws ExportException if another export works there
     */
    static ExportFolder open(Path root, String runId) {
        try {
            Path work = Files.createDirectories(root.resolve("_export").resolve(runId));
            FileChannel channel =
                    FileChannel.open(work.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new ExportException("another export of %s works in %s: wait for it".formatted(runId, root));
            }
            return new ExportFolder(root, runId, channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Where files that an export needs for a while are. */
    Path work() {
        return root.resolve("_export").resolve(runId);
    }

    private Path manifestFile() {
        return work().resolve("manifest.json");
    }

    /**
     * What the folder holds of a run. What an export that was killed left unfinished is removed.
     *
     * @throws ExportException if it belongs to another run of that name, has other tables or was changed
     */
    Manifest load(RunSpec run, SortedSet<ExportTable> tables) {
        try {
            Manifest manifest = Files.exists(manifestFile())
                    ? JSON.readValue(manifestFile().toFile(), Manifest.class)
                    : Manifest.empty(run, tables);
            new ManifestCheck(root).check(manifest, run, tables);
            for (ExportTable table : tables) {
                removeUnlisted(table, manifest.parts());
            }
            return manifest;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void removeUnlisted(ExportTable table, List<Part> parts) throws IOException {
        Path folder = Files.createDirectories(folder(table));
        Set<Path> listed = parts.stream().map(part -> root.resolve(part.file())).collect(Collectors.toSet());
        List<Path> found;
        try (Stream<Path> files = Files.list(folder)) {
            found = files.toList();
        }
        for (Path file : found) {
            if (!listed.contains(file) && isOurs(file)) {
                Files.delete(file);
            }
        }
    }

    private static boolean isOurs(Path file) {
        return file.getFileName().toString().matches("part-\\d{6}\\.parquet|\\.part-\\d{6}\\.parquet\\.tmp");
    }

    void store(Manifest manifest) {
        try {
            JSON.writerWithDefaultPrettyPrinter()
                    .writeValue(Durable.temporary(manifestFile()).toFile(), manifest);
            Durable.publish(manifestFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of a table. */
    Path part(ExportTable table, int number) {
        return folder(table).resolve("part-%06d.parquet".formatted(number));
    }

    private Path folder(ExportTable table) {
        return root.resolve(table.id()).resolve("run=" + runId);
    }

    /** Path of a file as the manifest names it. */
    String name(Path part) {
        return root.relativize(part).toString().replace('\\', '/');
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
