package dev.tracerl.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code tracerl} in a project of empty files, whose build writes them and whose Java prints its arguments. */
class LauncherTest {

    private static final String BUILD = """
            #!/bin/sh
            echo "$@" >> builds.txt
            sleep 0.5
            [ ! -e broken ] || exit 1
            mkdir -p broker/target/registry/lib ops/target
            : > ops/target/tracerl-ops.jar
            for service in rollout-producer reward-stream trainer-consumer; do
              mkdir -p $service/target/quarkus-app/lib/main
              : > $service/target/quarkus-app/quarkus-run.jar
            done
            """;
    private static final String JAVA = """
            #!/bin/sh
            if [ "$1" = -version ]; then echo 'openjdk version "17.0.1"' >&2; else echo "ran $*"; fi
            """;
    private static final List<String> TOOLS =
            List.of("sh", "dirname", "sed", "head", "find", "mkdir", "rmdir", "sleep", "cat");

    @TempDir
    private Path home;

    private record Ended(int code, String text) {}

    @BeforeEach
    void project() throws IOException {
        script("tracerl", Files.readString(Path.of("../tracerl")));
        script("mvnw", BUILD);
        script("jdk/bin/java", JAVA);
        script("jdk/bin/javac", "#!/bin/sh\n");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void twoFirstCallsBuildOnce(boolean flock) throws Exception {
        // Given
        assumeTrue(!flock || Files.exists(Path.of("/usr/bin/flock")), "flock is not installed");
        String path = flock ? System.getenv("PATH") : pathWithoutFlock();

        // When
        Process first = start(Map.of("PATH", path));
        Process second = start(Map.of("PATH", path));

        // Then
        assertThat(List.of(end(first), end(second))).allSatisfy(ended -> {
            assertThat(ended.text()).contains("ran ").contains("tracerl-ops.jar runs");
            assertThat(ended.code()).isZero();
        });
        assertThat(builds()).singleElement().asString().contains("-Dquick").doesNotContain("-P");
        assertThat(home.resolve("target/build.lock.d")).doesNotExist();
    }

    @Test
    void aBuildForGpusStaysOne() throws Exception {
        // Given
        end(start(Map.of()));
        Path libraries = home.resolve("trainer-consumer/target/quarkus-app/lib/main");
        Files.createFile(libraries.resolve("ai.djl.pytorch.pytorch-native-cu124-2.5.1-linux-x86_64.jar"));
        Files.delete(home.resolve("ops/target/tracerl-ops.jar"));

        // When
        Ended ended = end(start(Map.of("TRACERL_MAVEN_ARGS", "-o -Pconfluent")));

        // Then
        assertThat(ended.text()).contains("Building with -Pcuda (");
        assertThat(builds()).hasSize(2).last().asString().contains(" -Pcuda -o -Pconfluent ");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFailedBuildIsSaidAndLeavesNoLock(boolean flock) throws Exception {
        // Given
        Path broken = Files.createFile(home.resolve("broken"));
        Map<String, String> environment = Map.of("PATH", flock ? System.getenv("PATH") : pathWithoutFlock());

        // When
        Ended failed = end(start(environment));
        Files.delete(broken);
        Ended again = end(start(environment));

        // Then
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.text())
                .contains("tracerl: the build failed, see above")
                .doesNotContain("ran ");
        assertThat(again.text()).contains("ran ").doesNotContain("Waiting");
    }

    private Process start(Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(home.resolve("tracerl").toString(), "runs")
                .redirectErrorStream(true)
                .directory(home.toFile());
        builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Ended end(Process process) throws IOException, InterruptedException {
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), text);
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(home.resolve("builds.txt"));
    }

    private String pathWithoutFlock() throws IOException {
        for (String tool : TOOLS) {
            Path installed = Path.of("/usr/bin", tool);
            Path existing = Files.exists(installed) ? installed : Path.of("/bin", tool);
            script(".tools/" + tool, "#!/bin/sh\nexec %s \"$@\"\n".formatted(existing));
        }
        return home.resolve(".tools").toString();
    }

    private void script(String name, String text) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        assertThat(Files.writeString(file, text).toFile().setExecutable(true)).isTrue();
    }
}
