package dev.tracerl.ops.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Keeps logs from growing for ever. A log that is large when its process starts becomes {@code NAME.old.log}, of which
 * there is one; it is never cut while a process writes it.
 */
final class OldLogs {

    static final long LARGE = 16 * 1024 * 1024;

    private static final String SUFFIX = ".log";

    private OldLogs() {}

    /** To be called before a process that writes the log starts. */
    static void putAway(Path log) {
        if (log.toFile().length() < LARGE) {
            return;
        }
        try {
            Files.move(log, old(log), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StackException("the log " + log + " cannot be put away: " + e.getMessage(), e);
        }
    }

    static Path old(Path log) {
        String name = log.getFileName().toString();
        String process = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
        return log.resolveSibling(process + ".old" + SUFFIX);
    }
}
