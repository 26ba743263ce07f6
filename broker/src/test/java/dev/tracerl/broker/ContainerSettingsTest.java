package dev.tracerl.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerSettingsTest {

    @TempDir
    private Path folder;

    @Test
    void variablesAreNamedAsForApachesImage() {
        // Given
        Map<String, String> environment = Map.of(
                "KAFKA_NODE_ID", "1",
                "KAFKA_LISTENER_NAME_SASL__SSL_SASL_ENABLED_MECHANISMS", "PLAIN",
                "KAFKA_SOME___DASH", "x",
                "KAFKA_HEAP_OPTS", "-Xmx1g",
                "PATH", "/bin");

        // When
        Map<String, String> settings = ContainerSettings.of(environment, folder.resolve("none"));

        // Then
        assertThat(settings)
                .isEqualTo(Map.of(
                        "node.id", "1", "listener.name.sasl_ssl.sasl.enabled.mechanisms", "PLAIN", "some-dash", "x"));
    }

    @Test
    void variablesWinOverTheMountedFile() throws IOException {
        // Given
        Path file = folder.resolve("server.properties");
        Files.writeString(file, "node.id=7\nssl.keystore.type=PEM\n");

        // When
        Map<String, String> settings = ContainerSettings.of(Map.of("KAFKA_NODE_ID", "1"), file);

        // Then
        assertThat(settings).isEqualTo(Map.of("node.id", "1", "ssl.keystore.type", "PEM"));
    }
}
