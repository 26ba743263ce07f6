package dev.tracerl.verifiers.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What code leaves behind on the host: nothing. */
class LeftoversTest {

    @TempDir
    private Path folder;

    @Test
    void neitherProcessesNorFilesOutliveTheirJudgment() throws Exception {
        // Given
        SandboxHere.verifier();
        Process judge = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        TidyMain.class.getName()))
                .redirectErrorStream(true)
                .start();

        // When
        String said = new String(judge.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = judge.waitFor();

        // Then
        assertThat(said).matches("judged [1-9][0-9], left 0\\s*");
        assertThat(status).isZero();
        assertThat(files()).isEmpty();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("hsperfdata"))
                    .toList();
        }
    }
}
