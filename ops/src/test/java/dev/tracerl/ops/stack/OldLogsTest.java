package dev.tracerl.ops.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OldLogsTest {

    @TempDir
    private Path folder;

    @Test
    void aLargeLogIsPutAwayWhenItsProcessStarts() throws IOException {
        // Given
        DataDir dir = new DataDir(folder).create();
        Path old = Files.writeString(dir.log("trainer-consumer.old"), "older still");
        Path log = ofLength(dir.log("trainer-consumer"), OldLogs.LARGE);

        // When
        start(dir, "trainer-consumer");

        // Then
        assertThat(old).hasSize(OldLogs.LARGE);
        assertThat(log).hasContent("started");
    }

    @Test
    void aSmallLogGoesOn() throws IOException {
        // Given
        DataDir dir = new DataDir(folder).create();
        Files.writeString(dir.log("broker"), "before\n");

        // When
        start(dir, "broker");

        // Then
        assertThat(dir.log("broker")).hasContent("before\nstarted");
        assertThat(dir.log("broker.old")).doesNotExist();
    }

    private static void start(DataDir dir, String name) {
        ChildProcess.start(new ProcessSpec(
                        name,
                        List.of("echo", "started"),
                        Map.of(),
                        dir.log(name),
                        dir.temporary(name),
                        URI.create("none:" + name)))
                .endWithin(Duration.ofSeconds(30));
    }

    /** Without blocks on the disk. */
    private static Path ofLength(Path log, long length) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            file.setLength(length);
        }
        return log;
    }
}
