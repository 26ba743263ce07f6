package dev.tracerl.ops.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServicesTest {

    @TempDir
    private Path folder;

    @Test
    void everyProcessKeepsItsTemporaryFilesInTheDataFolder() throws IOException {
        // Given
        StackSettings settings = new StackSettings(folder.resolve("data"), 2, 1, 0, 0, StackSettings.LOCAL);
        Services services = new Services(packaged(folder.resolve("home")), settings, new Ports());

        // Then
        assertThat(services.services())
                .hasSize(5)
                .allSatisfy(ServicesTest::isConfined)
                .extracting(ProcessSpec::temporary)
                .doesNotHaveDuplicates();
        isConfined(services.broker());
        isConfined(services.registry());
    }

    /** Nothing is started here, so that empty files stand for what a build leaves. */
    private static Installation packaged(Path home) throws IOException {
        for (String module : List.of("rollout-producer", "reward-stream", "trainer-consumer")) {
            write(home.resolve(module).resolve("target/quarkus-app/quarkus-run.jar"));
        }
        write(home.resolve("ops/target/tracerl-ops.jar"));
        write(home.resolve("broker/target/registry/apicurio-registry-app-1-runner.jar"));
        return new Installation(home);
    }

    private static void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.createFile(file);
    }

    private static void isConfined(ProcessSpec spec) {
        assertThat(spec.temporary()).isDirectory();
        assertThat(spec.command()).containsOnlyOnce("-Djava.io.tmpdir=" + spec.temporary());
    }

    @Test
    void theUsersSettingsOfTheAllocatorStand() {
        assertThat(Services.torch(Map.of("HOME", "/home")))
                .containsKeys("MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_");
        assertThat(Services.torch(Map.of("MALLOC_TRIM_THRESHOLD_", "1")))
                .containsKey("MALLOC_MMAP_THRESHOLD_")
                .doesNotContainKey("MALLOC_TRIM_THRESHOLD_");
    }
}
