package dev.tracerl.verifiers.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What the interpreter of a sandbox is doing, as the kernel sees it from outside.
 *
 * @param cpu processor time of all its threads
 * @param sleeps whether none of them wants to run
 */
record Usage(Duration cpu, boolean sleeps) {

    private static final long TICK_MILLIS = 10;

    /** States of a thread that runs, wants to, or waits for a disk. Asleep, stopped or dead ones want nothing. */
    private static final Set<String> AT_WORK = Set.of("R", "D");

    private static final int STATE = 0;
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;

    /** The interpreter of a sandbox: the child of the child of what was started. Empty while there is none. */
    static Optional<Long> interpreter(long sandboxPid) {
        return child(sandboxPid).flatMap(Usage::child);
    }

    /** Empty if the process has gone. */
    static Optional<Usage> of(long pid) {
        Path process = Path.of("/proc", String.valueOf(pid));
        try {
            String[] fields = fields(process.resolve("stat"));
            long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
            return Optional.of(new Usage(Duration.ofMillis(ticks * TICK_MILLIS), sleeps(process.resolve("task"))));
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static boolean sleeps(Path threads) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(threads)) {
            for (Path thread : all) {
                if (AT_WORK.contains(fields(thread.resolve("stat"))[STATE])) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The fields after the name, which is in parentheses and may hold anything. */
    private static String[] fields(Path stat) throws IOException {
        String line = Files.readString(stat, java.nio.charset.StandardCharsets.ISO_8859_1);
        return line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    }

    private static Optional<Long> child(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.children().findFirst())
                .map(ProcessHandle::pid);
    }
}
