package dev.tracerl.schemas.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientSettingsTest {

    @TempDir
    private Path folder;

    @Test
    void variablesAreSettingsByKafkasAndConfluentsNames() {
        // Given
        Map<String, String> environment = Map.of(
                "TRACERL_KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                "TRACERL_KAFKA_SSL_TRUSTSTORE_LOCATION", "/ca.crt",
                "TRACERL_REGISTRY_BASIC_AUTH_USER_INFO", "user:word",
                "KAFKA_SASL_MECHANISM", "not ours",
                "TRACERL_DEPLOYMENT", "local");

        // When
        ClientSettings settings = ClientSettings.ofEnvironment(environment);

        // Then
        assertThat(settings.kafka())
                .isEqualTo(Map.of("security.protocol", "SASL_SSL", "ssl.truststore.location", "/ca.crt"));
        assertThat(settings.registry()).isEqualTo(Map.of("basic.auth.user.info", "user:word"));
    }

    @Test
    void theServicesOwnVariablesAreNoSettingsOfClients() {
        // Given
        Map<String, String> environment = Map.of(
                "TRACERL_KAFKA_BOOTSTRAP_SERVERS", "broker:9092",
                "TRACERL_KAFKA_SETTINGS__CLIENT_RACK_", "a",
                "TRACERL_REGISTRY_URL", "http://registry:8080");

        // When
        ClientSettings settings = ClientSettings.ofEnvironment(environment);

        // Then
        assertThat(settings).isEqualTo(ClientSettings.NONE);
    }

    @Test
    void aFileHoldsBothKindsAndVariablesWin() throws IOException {
        // Given
        Path file = folder.resolve("client.properties");
        Files.writeString(file, """
                security.protocol=SASL_SSL
                sasl.mechanism=PLAIN
                schema.registry.basic.auth.user.info=user:word
                """);
        Map<String, String> environment =
                Map.of("TRACERL_CLIENT_CONFIG", file.toString(), "TRACERL_KAFKA_SASL_MECHANISM", "SCRAM-SHA-512");

        // When
        ClientSettings settings = ClientSettings.ofEnvironment(environment);

        // Then
        assertThat(settings.kafka())
                .isEqualTo(Map.of("security.protocol", "SASL_SSL", "sasl.mechanism", "SCRAM-SHA-512"));
        assertThat(settings.registry()).isEqualTo(Map.of("basic.auth.user.info", "user:word"));
    }

    @Test
    void settingsReachTheClientsButNotTheBootstrapServers() {
        // Given
        ClientSettings settings =
                new ClientSettings(Map.of("security.protocol", "SSL", "bootstrap.servers", "elsewhere:1"), Map.of());

        // When
        Connection connection = settings.connection("broker:9092", "mock://here");

        // Then
        assertThat(connection.consumerSettings())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("bootstrap.servers", "broker:9092");
        assertThat(connection.producerSettings()).containsEntry("security.protocol", "SSL");
    }

    @Test
    void aMissingFileIsNamed() {
        Map<String, String> environment = Map.of("TRACERL_CLIENT_CONFIG", "/no/such/file");

        assertThatThrownBy(() -> ClientSettings.ofEnvironment(environment))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("client settings /no/such/file cannot be read");
    }

    @Test
    void passwordsAreNeverPrinted() {
        // Given
        ClientSettings settings =
                new ClientSettings(Map.of("sasl.jaas.config", "secret"), Map.of("basic.auth.user.info", "user:secret"));

        // When
        String printed = settings + " " + settings.connection("broker:9092", "mock://here");

        // Then
        assertThat(printed).contains("sasl.jaas.config", "basic.auth.user.info").doesNotContain("secret");
    }
}
