package dev.tracerl.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.schemas.client.ClientSettings;
import dev.tracerl.schemas.client.Connection;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The loop over SASL_SSL with an authenticated registry, and who is kept out of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecureIT {

    private static final String SHORT_PATIENCE = "8000";
    private static final Pattern PASSWORD = Pattern.compile("\\b[0-9a-f]{48}\\b");

    private ContainerStack stack;
    private Path secrets;
    private ClientSettings client;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        secrets = folder.resolve("secrets");
        Path script = ContainerStack.HOME.resolve("docker/certificates.sh");
        Command.start(List.of(script.toString(), secrets.toString()), Map.of()).await(Duration.ofMinutes(1));
        client = ClientSettings.ofFile(secrets.resolve("client.properties"));
        stack = new ContainerStack(
                List.of("compose.yaml", "compose.local.yaml", "compose.secure.yaml"),
                Map.of("TRACERL_SECRETS_DIR", secrets.toString()));
        stack.start(Map.of());
        ShortRun.start(stack, folder).await(ShortRun.LIMIT);
    }

    @AfterAll
    void stop() throws Exception {
        stack.remove();
    }

    @Test
    void theLoopCloses() throws Exception {
        assertThat(stack.json("audit", "--run", ShortRun.ID, "--json").get("findings"))
                .isEmpty();
        assertThat(stack.json("weights", "list", "--run", ShortRun.ID, "--json"))
                .hasSizeGreaterThan(ShortRun.STEPS);
    }

    @Test
    void theClientsFileOpensBothFromOutside() throws Exception {
        // Given
        Connection connection =
                client.connection(stack.address("TRACERL_BROKER_PORT"), registryUrl() + "/apis/ccompat/v7");

        // When
        connection.registrySetup().requireFullCompatibility();

        // Then
        try (Admin admin = Admin.create(connection.clientSettings())) {
            assertThat(admin.listTopics().names().get()).contains(ShortRun.ID + ".trajectories");
        }
    }

    @Test
    void theBrokerRefusesAWrongPassword() {
        Map<String, String> wrong = new HashMap<>(client.kafka());
        wrong.computeIfPresent(
                "sasl.jaas.config", (key, value) -> PASSWORD.matcher(value).replaceAll("wrong"));

        assertThatThrownBy(() -> listTopics(wrong)).hasRootCauseInstanceOf(SaslAuthenticationException.class);
    }

    @Test
    void theBrokerRefusesTlsWithoutCredentials() {
        Map<String, String> anonymous = new HashMap<>(client.kafka());
        anonymous.keySet().removeIf(key -> key.startsWith("sasl."));
        anonymous.put("security.protocol", "SSL");

        assertThatThrownBy(() -> listTopics(anonymous)).hasRootCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void theBrokerRefusesPlainText() {
        assertThatThrownBy(() -> listTopics(Map.of())).hasRootCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void theRegistryRefusesRequestsWithoutCredentials() throws Exception {
        HttpClient trusting = HttpClient.newBuilder()
                .sslContext(Certificates.trusting(secrets.resolve("ca.crt")))
                .build();
        for (String path : List.of("/apis/ccompat/v7/subjects", "/apis/registry/v3/search/artifacts")) {
            URI uri = URI.create(registryUrl() + path);
            assertThat(status(trusting, HttpRequest.newBuilder(uri).build())).isEqualTo(401);
        }
    }

    @Test
    void theRegistryDoesNotSpeakPlainHttp() {
        URI uri = URI.create("http://" + stack.address("TRACERL_REGISTRY_PORT") + "/apis/ccompat/v7/subjects");

        assertThatThrownBy(() -> status(
                        HttpClient.newHttpClient(), HttpRequest.newBuilder(uri).build()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void noPasswordIsLogged() throws Exception {
        // Given
        List<String> passwords = new ArrayList<>();
        for (String file : List.of("broker.properties", "client.properties", "registry.properties")) {
            passwords.addAll(PASSWORD.matcher(Files.readString(secrets.resolve(file)))
                    .results()
                    .map(MatchResult::group)
                    .toList());
        }

        // Then
        assertThat(passwords).hasSizeGreaterThan(5);
        assertThat(stack.logs()).contains("short").doesNotContain(passwords);
    }

    private void listTopics(Map<String, String> security) throws Exception {
        Map<String, Object> settings = new HashMap<>(security);
        settings.put("bootstrap.servers", stack.address("TRACERL_BROKER_PORT"));
        settings.put("request.timeout.ms", SHORT_PATIENCE);
        settings.put("default.api.timeout.ms", SHORT_PATIENCE);
        try (Admin admin = Admin.create(settings)) {
            admin.listTopics().names().get();
        }
    }

    private String registryUrl() {
        return "https://" + stack.address("TRACERL_REGISTRY_PORT");
    }

    private static int status(HttpClient http, HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
