package dev.tracerl.ops.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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
        String reason = Diagnosis.of(1, log, Optional.empty());

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
        assertThat(Diagnosis.of(1, log, Optional.empty())).isEqualTo("its port is in use");
    }

    @Test
    void aServiceWithoutMemoryIsToldWhichSettingToRaise() throws IOException {
        // Given
        Path log = Files.writeString(folder.resolve("log"), """
                java.lang.OutOfMemoryError: Cannot reserve 16777216 bytes of direct buffer memory
                Terminating due to java.lang.OutOfMemoryError: Java heap space
                """);

        // When // Then
        assertThat(Diagnosis.of(3, log, Services.memory("trainer-consumer")))
                .startsWith("it ran out of Java's heap: raise -Xmx in TRACERL_TRAINER_JAVA_OPTS");
        assertThat(Diagnosis.of(3, log, Services.memory("rollout-producer-2"))).contains("TRACERL_ROLLOUT_JAVA_OPTS");
        assertThat(Diagnosis.of(3, log, Services.memory("verifier-1"))).contains("TRACERL_REWARD_JAVA_OPTS");
        assertThat(Diagnosis.of(3, log, Services.memory("broker"))).isEqualTo("it ran out of memory");
    }

    @Test
    void withoutAHintTheExitCodeIsTold() throws IOException {
        // Given
        Path log = Files.writeString(folder.resolve("log"), "nothing of note\n");

        // When // Then
        assertThat(Diagnosis.of(5, log, Optional.empty())).isEqualTo("exit code 5");
        assertThat(Diagnosis.of(137, log, Optional.empty())).isEqualTo("it was killed (signal 9)");
        assertThat(Diagnosis.of(134, log, Optional.empty())).isEqualTo("it was ended by signal 6");
    }
}
