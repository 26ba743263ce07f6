package dev.tracerl.ops.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnosisTest {

    @TempDir
    private Path folder;

    @Test
    void aMissingNativeLibraryIsNamed() throws IOException {
        // Given
        Path log = Files.writeString(
                folder.resolve("log"), "x\njava.lang.UnsatisfiedLinkError: libgomp.so.1: cannot open shared object\n");

        // When
        String reason = Diagnosis.of(1, log);

        // Then
        assertThat(reason).startsWith("a native library is missing");
    }

    @Test
    void aPortThatAnotherProcessHasIsNamedInTheWordsOfQuarkusToo() throws IOException {
        // Given
        Path log = Files.writeString(
                folder.resolve("log"),
                "ERROR Port 42861 seems to be in use by another process. Quarkus may already be\n");

        // When // Then
        assertThat(Diagnosis.of(1, log)).isEqualTo("its port is in use");
    }

    @Test
    void withoutAHintTheExitCodeIsTold() throws IOException {
        // Given
        Path log = Files.writeString(folder.resolve("log"), "nothing of note\n");

        // When // Then
        assertThat(Diagnosis.of(5, log)).isEqualTo("exit code 5");
        assertThat(Diagnosis.of(137, log)).isEqualTo("it was killed (signal 9)");
        assertThat(Diagnosis.of(134, log)).isEqualTo("it was ended by signal 6");
    }
}
