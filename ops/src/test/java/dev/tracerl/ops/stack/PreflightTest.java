package dev.tracerl.ops.stack;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import dev.tracerl.verifiers.Verifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PreflightTest {

    private static final long MIB = 1024 * 1024;

    @Test
    void anOldJdkIsRefused() {
        // When // Then
        assertThatThrownBy(() -> Preflight.requireJava(11)).hasMessageStartingWith("this is Java 11, but 17 or newer");
    }

    @Test
    void anotherPlatformThanLinuxOnX86IsRefused() {
        // When // Then
        assertThatThrownBy(() -> Preflight.requirePlatform("Mac OS X", "aarch64"))
                .hasMessage("the packaged libtorch runs on Linux on x86-64, but this is Mac OS X on aarch64");
    }

    @Test
    void tooLittleMemoryIsRefusedWithBothNumbers() {
        // When // Then
        assertThatThrownBy(() -> Preflight.requireMemory(900 * MIB, 2500 * MIB))
                .hasMessage("too little memory: the stack needs about 2500 MiB, 900 MiB are available");
    }

    @Test
    void tooLittleDiskIsRefusedWithTheFolder() {
        // When // Then
        assertThatThrownBy(() -> Preflight.requireDisk(10 * MIB, Path.of("/data")))
                .hasMessage("too little disk space under /data: 2048 MiB are needed, 10 MiB are free");
    }

    @Test
    void verifiersAreRefusedWhereTheyCannotWork() {
        // Given
        Verifier verifier = new Verifier() {
            @Override
            public String kind() {
                return "slow";
            }

            @Override
            public String version() {
                return "1";
            }

            @Override
            public boolean isInline() {
                return false;
            }

            @Override
            public Optional<String> unavailable() {
                return Optional.of("bwrap is missing");
            }

            @Override
            public Optional<String> invalid(TaskInputs task) {
                return Optional.empty();
            }

            @Override
            public Verdict verify(TaskInputs task, String answer) {
                return new Verdict.Failed("", 0);
            }
        };

        // When // Then
        assertThatThrownBy(() -> Preflight.requireSandbox(List.of(verifier)))
                .hasMessage("--verifiers: bwrap is missing");
    }

    @Test
    void enoughIsAccepted() {
        // When // Then
        assertThatCode(() -> {
                    Preflight.requireJava(17);
                    Preflight.requireMemory(4096 * MIB, 2500 * MIB);
                    Preflight.requireDisk(4096 * MIB, Path.of("/data"));
                })
                .doesNotThrowAnyException();
    }
}
