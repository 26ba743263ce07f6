package dev.tracerl.ops.stack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads what happens to a stack from now on. Not thread-safe. */
public final class EventTail {

    private final Path log;
    private long position;

    /** A tail of the stack of a data folder. */
    public EventTail(Path dataDir) {
        this.log = new DataDir(dataDir).log(Events.LOG);
        this.position = log.toFile().length();
    }

    /** The lines that were written since the last call. */
    public List<String> next() {
        if (!Files.exists(log) || log.toFile().length() <= position) {
            return List.of();
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            byte[] bytes = new byte[(int) (file.length() - position)];
            file.seek(position);
            file.readFully(bytes);
            position += bytes.length;
            return new String(bytes, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
