package dev.tracerl.ops.stack;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
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
