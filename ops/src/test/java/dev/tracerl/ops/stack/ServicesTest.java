package dev.tracerl.ops.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServicesTest {

    @TempDir
    private Path folder;

    @Test
    void everyProcessKeepsItsTemporaryFilesInTheDataFolder() throws IOException {
        // Given
        StackSettings settings = new StackSettings(folder.resolve("data"), 2, 1, 0, 0, StackSettings.LOCAL);
        Services services = new Services(packaged(folder.resolve("home")), settings, new Ports(), Map.of());

        // Then
        assertThat(services.services())
                .hasSize(5)
                .allSatisfy(ServicesTest::isConfined)
                .extracting(ProcessSpec::temporary)
                .doesNotHaveDuplicates();
        isConfined(services.broker());
        isConfined(services.registry());
    }

    @Test
    void furtherJavaOptionsComeLastSoThatTheyWin() throws IOException {
        // Given
        Services services = services(
                1,
                Map.of(
                        "TRACERL_TRAINER_JAVA_OPTS",
                        " -Xmx2g  -XX:MaxDirectMemorySize=8g ",
                        "TRACERL_REWARD_JAVA_OPTS",
                        "-Xmx300m"));

        // When
        Map<String, List<String>> commands =
                services.services().stream().collect(Collectors.toMap(ProcessSpec::name, ProcessSpec::command));

        // Then
        assertThat(commands.get("trainer-consumer"))
                .containsSubsequence("-Xmx384m", "-Xmx2g", "-XX:MaxDirectMemorySize=8g", "-jar");
        assertThat(commands.get("reward-stream")).containsSubsequence("-Xmx256m", "-Xmx300m", "-jar");
        assertThat(commands.get("verifier-1")).containsSubsequence("-Xmx192m", "-Xmx300m", "-jar");
        assertThat(commands.get("rollout-producer")).containsSubsequence("-Xmx256m", "-jar");
    }

    @Test
    void rolloutsTakeTheDevicesInTurnAndTheTrainerDoesNot() throws IOException {
        // Given
        Services services =
                services(3, Map.of("TRACERL_DEVICE", "cuda:0", "TRACERL_ROLLOUT_DEVICES", "cuda:1, cuda:2"));

        // When
        List<String> devices = services.services().stream()
                .map(spec -> spec.environment().getOrDefault("TRACERL_DEVICE", "inherited"))
                .toList();

        // Then
        assertThat(devices).containsExactly("cuda:1", "cuda:2", "cuda:1", "inherited", "inherited", "inherited");
    }

    private Services services(int rollouts, Map<String, String> environment) throws IOException {
        StackSettings settings = new StackSettings(folder.resolve("data"), rollouts, 1, 0, 0, StackSettings.LOCAL);
        return new Services(packaged(folder.resolve("home")), settings, new Ports(), environment);
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
