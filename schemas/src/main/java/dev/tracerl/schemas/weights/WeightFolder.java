package dev.tracerl.schemas.weights;

import dev.tracerl.schemas.client.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The weight store FILE: a folder that all services see, each where it has mounted it. A file appears under its name when
 * all of it is on the disk, and is never changed. Locations are relative to the folder and name a run first, as in
 * {@code sudoku-1764108000000/weights/000012-0a1b2c3d4e5f/model.safetensors}.
 *
 * @param root the folder; it must be there: a missing one is a mount that failed
 */
public record WeightFolder(Path root) {

    private static final String DRAFT = ".draft-";

    /**
     * The folder of a service.
     *
     * @param wanted what is in it, for the message
     * @throws MissingWeightsException if the service has none
     */
    static WeightFolder of(Connection connection, String wanted) {
        return connection
                .weightFolder()
                .map(WeightFolder::new)
                .orElseThrow(() -> new MissingWeightsException(wanted
                        + ": the bytes are in a weight folder, and this process has none; set tracerl.weight-folder, or"
                        + " --weight-folder of the command line"));
    }

    /**
     * Writes a file and waits until it is on the disk.
     *
     * @throws UncheckedIOException if that fails; then nothing is there under its name
     */
    public void write(String location, WeightBytes bytes) {
        Path target = resolve(location);
        Path draft = target.resolveSibling(DRAFT + UUID.randomUUID());
        try {
            requireThere();
            Files.createDirectories(target.resolveSibling(""));
            try (FileChannel channel =
                    FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                bytes.writeTo(channel);
                channel.force(true);
            }
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            syncParents(target);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "weights could not be written to " + target + ": " + problem(e)
                            + "; the weight folder must be there, writable and have room",
                    e);
        }
    }

    private void requireThere() throws NoSuchFileException {
        if (!Files.isDirectory(root)) {
            throw new NoSuchFileException(root.toString());
        }
    }

    /** A new folder is only there for good when the one that it is in is on the disk. */
    private void syncParents(Path file) throws IOException {
        for (Path folder = file.getParent(); folder != null && folder.startsWith(root); folder = folder.getParent()) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /**
     * Opens a file.
     *
     * @param name what it holds, for messages
     * @throws MissingWeightsException if it is not there (any more)
     * @throws UncheckedIOException if it cannot be read now, as without the weight folder
     */
    public WeightBytes read(String name, String location) {
        Path file = resolve(location);
        try {
            requireThere();
            return WeightBytes.in(file);
        } catch (NoSuchFileException e) {
            if (!Files.isDirectory(root)) {
                throw new UncheckedIOException(
                        name + ": there is no weight folder " + root + "; mount it there, or say where it is", e);
            }
            throw new MissingWeightsException(name + ": there is no file " + file
                    + "; the run's weight plan keeps the newest, every n-th and pinned versions");
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": " + file + " cannot be read: " + problem(e), e);
        }
    }

    /** Whether a file or a folder of files is there. */
    public boolean has(String location) {
        return Files.exists(resolve(location));
    }

    /**
     * Deletes a file, or a folder of files. Whoever has one open reads on.
     *
     * @throws UncheckedIOException if that fails
     */
    public void delete(String location) {
        Path path = resolve(location);
        try {
            if (Files.isDirectory(path)) {
                for (Path file : entries(path)) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " could not be deleted: " + problem(e), e);
        }
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    /** A location comes from a record, and must not lead out of the folder. */
    private Path resolve(String location) {
        Path path = root.resolve(location).normalize();
        if (!path.startsWith(root.normalize()) || path.equals(root.normalize())) {
            throw new CorruptWeightsException("location '" + location + "' is not in the weight folder " + root);
        }
        return path;
    }

    /** Some exceptions have the name of a file for their message. */
    private static String problem(IOException e) {
        return e.getClass().getSimpleName() + " " + e.getMessage();
    }
}
