package dev.tracerl.ops.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** What happened to the stack, one sentence for the user per line, in {@code logs/events.log}. Thread-safe. */
final class Events {

    /** Name of the log. */
    static final String LOG = "events";

    private final Path log;

    Events(DataDir dir) {
        this.log = dir.log(LOG);
    }

    synchronized void tell(String sentence) {
        try {
            Files.writeString(
                    log,
                    LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS) + " " + sentence
                            + System.lineSeparator(),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
