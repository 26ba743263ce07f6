package dev.tracerl.ops.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServicesTest {

    @TempDir
    private Path folder;

    @Test
    void everyProcessKeepsItsTemporaryFilesInTheDataFolder() {
        // Given
        StackSettings settings = new StackSettings(folder, 2, 1, 0, 0, StackSettings.LOCAL);
        Services services = new Services(new Installation(Path.of("..").toAbsolutePath()), settings, new Ports());

        // Then
        assertThat(services.services())
                .hasSize(5)
                .allSatisfy(ServicesTest::isConfined)
                .extracting(ProcessSpec::temporary)
                .doesNotHaveDuplicates();
        isConfined(services.broker());
        isConfined(services.registry());
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
