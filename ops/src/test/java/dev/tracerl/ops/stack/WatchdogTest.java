package dev.tracerl.ops.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchdogTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Test
    void theChildrenOfAKilledSupervisorAreStopped() throws Exception {
        // Given
        DataDir dir = new DataDir(folder).create();
        Process child = new ProcessBuilder("sleep", "600").start();
        Process supervisor = new ProcessBuilder(
                        Installation.java().toString(),
                        "-Xmx32m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DummySupervisor.class.getName(),
                        folder.toString(),
                        String.valueOf(child.pid()))
                .start();
        await().atMost(LIMIT).until(() -> Files.exists(dir.pids()));

        // When
        supervisor.destroyForcibly();

        // Then
        assertThat(child.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        await().atMost(LIMIT).until(() -> !Files.exists(dir.pids()));
        assertThat(Files.readString(dir.log(Events.LOG))).contains("the supervisor died");
    }

    /** Starts a watchdog over one process and waits. */
    static final class DummySupervisor {

        private DummySupervisor() {}

        public static void main(String[] args) throws InterruptedException {
            Watchdog watchdog = new Watchdog(new DataDir(Path.of(args[0])));
            watchdog.start();
            watchdog.remember(List.of(List.of(Long.parseLong(args[1])), List.of()));
            Thread.currentThread().join();
        }
    }
}
