package dev.tracerl.verifiers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsTest {

    private static final String SOURCE = """
        package plugin;

        import dev.tracerl.verifiers.*;
        import java.util.Optional;

        public final class Shouting implements Verifier {
            public String kind() { return "shouting"; }
            public String version() { return "1"; }
            public Optional<String> invalid(TaskInputs task) { return Optional.empty(); }
            public Verdict verify(TaskInputs task, String answer) {
                return answer.endsWith("!") ? new Verdict.Correct(1) : new Verdict.Incorrect("it is quiet", 1);
            }
        }
        """;

    @TempDir
    private Path folder;

    @Test
    void aVerifierInAJarOfTheFolderIsFoundBesideTheOthers() throws Exception {
        // Given
        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        writeJar(plugins.resolve("shouting.jar"), compiled());

        // When
        Map<String, Verifier> verifiers = Verifiers.byKind(Optional.of(plugins));

        // Then
        assertThat(verifiers).containsKeys("exact", "shouting");
        Verdict verdict = verifiers.get("shouting").verify(new TaskInputs("t/0", "shouting", "", Map.of()), "Hello!");
        assertThat(verdict).isEqualTo(new Verdict.Correct(1));
    }

    @Test
    void aFolderThatIsMissingIsNamed() {
        // When // Then
        assertThatThrownBy(() -> Verifiers.byKind(Optional.of(folder.resolve("none"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("TRACERL_PLUGINS is " + folder.resolve("none"));
    }

    private Path compiled() throws Exception {
        Path source = Files.writeString(folder.resolve("Shouting.java"), SOURCE);
        Path api = Path.of(Verifier.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", api.toString(), "-d", folder.toString(), source.toString());
        assertThat(status).isZero();
        return folder.resolve("plugin/Shouting.class");
    }

    private static void writeJar(Path jar, Path type) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("META-INF/services/dev.tracerl.verifiers.Verifier"));
            out.write("plugin.Shouting\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            out.putNextEntry(new JarEntry("plugin/Shouting.class"));
            out.write(Files.readAllBytes(type));
        }
    }
}
