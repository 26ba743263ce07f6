package dev.tracerl.trainer.state;

import dev.tracerl.schemas.weights.WeightBytes;
import java.io.IOException;
import java.nio.file.Path;

/** The writes of a checkpoint, one by one, so that a test can fail between any two of them. */
interface Disk {

    /** Creates a directory and its parents. */
    void createDirectory(Path directory) throws IOException;

    /** Writes a new file and waits until it is on the disk. */
    void write(Path file, WeightBytes content) throws IOException;

    /** Waits until the names in a directory are on the disk. */
    void sync(Path directory) throws IOException;

    /** Renames atomically. */
    void rename(Path from, Path to) throws IOException;

    /** Deletes a directory and what is in it, if it exists. */
    void delete(Path directory) throws IOException;
}
