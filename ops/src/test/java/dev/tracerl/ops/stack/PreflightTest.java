package dev.tracerl.ops.stack;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
        Verifier code = new SlowVerifier("code", Optional.of("bwrap is missing"));

        // When // Then
        assertThatThrownBy(() -> Preflight.requireWorkers(List.of(code))).hasMessage("--verifiers: bwrap is missing");
    }

    @Test
    void verifiersThatCanDoSomethingAreAccepted() {
        // Given
        Verifier code = new SlowVerifier("code", Optional.of("bwrap is missing"));
        Verifier math = new SlowVerifier("math", Optional.empty());

        // When // Then
        assertThatCode(() -> Preflight.requireWorkers(List.of(code, math))).doesNotThrowAnyException();
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
