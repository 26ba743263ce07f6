package dev.tracerl.ops.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder that holds everything a stack writes.
 *
 * @param root the folder
 */
public record DataDir(Path root) {

    /** Log of one process. */
    public Path log(String process) {
        return root.resolve("logs").resolve(process + ".log");
    }

    /** Folder of a process's own files, created if it is missing. */
    public Path folder(String name) {
        return created(root.resolve(name));
    }

    /** Folder of a process's temporary files, created if it is missing. */
    Path temporary(String process) {
        return created(root.resolve("tmp").resolve(process));
    }

    /** Empties a folder. */
    static void empty(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.filter(path -> !path.equals(folder))
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The stack's weight folder, for runs with the weight store FILE; a link to another disk will do. */
    public Path weights() {
        Path weights = root.resolve("weights");
        return Files.isDirectory(weights) ? weights : created(weights);
    }

    /** Creates the folders that every stack needs. */
    public DataDir create() {
        created(root.resolve("logs"));
        return this;
    }

    Path state() {
        return root.resolve("stack.json");
    }

    Path lock() {
        return root.resolve("stack.lock");
    }

    /** Process ids of the children, in the order in which they are to be stopped, one per line. */
    Path pids() {
        return root.resolve("stack.pids");
    }

    private static Path created(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StackException("the data folder " + folder + " cannot be created: " + e.getMessage(), e);
        }
    }

    /** Deletes a file of the folder if it is there. */
    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
