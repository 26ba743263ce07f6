package dev.tracerl.ops.stack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads what is written to a log from now on. Not thread-safe. */
public final class EventTail {

    private final Path log;
    private long position;

    private EventTail(Path log) {
        this.log = log;
        this.position = log.toFile().length();
    }

    /** What happens to the stack of a data folder. */
    public static EventTail ofEvents(Path dataDir) {
        return ofProcess(new DataDir(dataDir), Events.LOG);
    }

    /** What one process says. */
    static EventTail ofProcess(DataDir dir, String process) {
        return new EventTail(dir.log(process));
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
