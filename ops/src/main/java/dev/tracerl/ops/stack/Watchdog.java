package dev.tracerl.ops.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Stops the children if their supervisor dies without doing so, {@code kill -9} included: a shell that waits for the
 * end of a pipe from the supervisor, and then ends the processes that the supervisor has written down, group by group.
 */
final class Watchdog {

    private static final String SCRIPT = """
            trap '' INT HUP TERM
            cat >/dev/null
            [ -s "$1" ] || exit 0
            while read -r group; do
              kill $group 2>/dev/null
              for second in 1 2 3 4 5 6 7 8 9 10; do
                kill -0 $group 2>/dev/null || break
                sleep 1
              done
              kill -9 $group 2>/dev/null
            done <"$1"
            echo "the supervisor died; its processes were stopped"
            rm -f "$1" "$2"
            """;

    private static final long POLL_MILLIS = 100;

    private final DataDir dir;

    Watchdog(DataDir dir) {
        this.dir = dir;
    }

    /** Starts the shell. */
    void start() {
        ProcessBuilder builder = new ProcessBuilder(
                        "sh",
                        "-c",
                        SCRIPT,
                        "tracerl-watchdog",
                        dir.pids().toString(),
                        dir.state().toString())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(dir.log(Events.LOG).toFile()));
        try {
            builder.start();
        } catch (IOException e) {
            throw new StackException("the shell sh could not be started: " + e.getMessage(), e);
        }
    }

    /** Writes down what is to be ended, in order; the processes of one group are ended together. */
    void remember(List<List<Long>> groups) {
        String text = groups.stream()
                .filter(group -> !group.isEmpty())
                .map(group -> group.stream().map(String::valueOf).collect(Collectors.joining(" ")) + "\n")
                .collect(Collectors.joining());
        Path temporary = dir.root().resolve("stack.pids.tmp");
        try {
            Files.writeString(temporary, text);
            Files.move(temporary, dir.pids(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until nothing of an earlier stack whose supervisor died is left. */
    void awaitCleanUp(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (Files.exists(dir.pids()) && anyAlive() && System.nanoTime() < deadline) {
            Thread.sleep(POLL_MILLIS);
        }
        forget();
    }

    private boolean anyAlive() {
        try {
            return Files.readString(dir.pids())
                    .lines()
                    .flatMap(group -> Stream.of(group.split(" ")))
                    .anyMatch(pid -> ProcessHandle.of(Long.parseLong(pid)).isPresent());
        } catch (IOException e) {
            return false;
        }
    }

    /** Leaves nothing to end. */
    void forget() {
        DataDir.delete(dir.pids());
    }
}
