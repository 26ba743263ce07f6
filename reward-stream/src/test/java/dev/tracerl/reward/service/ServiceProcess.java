package dev.tracerl.reward.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.broker.FreePort;
import dev.tracerl.schemas.client.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged service as a process of its own, which can be killed like a real one. */
final class ServiceProcess implements AutoCloseable {

    private static final Path LOG = Path.of("target", "reward-stream-it.log");
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final HttpClient DIRECT = HttpClient.newHttpClient();
    private static final HttpClient FOLLOWING =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();

    private final ProcessBuilder command;
    private final int port = FreePort.find();
    private Process process;

    ServiceProcess(Connection connection, Path directory) {
        this(connection, directory, Map.of());
    }

    /** @param environment further settings */
    ServiceProcess(Connection connection, Path directory, Map<String, String> environment) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        command = new ProcessBuilder(java, "-Xmx192m", "-XX:+UseSerialGC", "-jar", JAR.toString());
        command.environment()
                .putAll(Map.of(
                        "TRACERL_KAFKA_BOOTSTRAP_SERVERS", connection.bootstrapServers(),
                        "TRACERL_REGISTRY_URL", connection.registryUrl(),
                        "TRACERL_DATA_DIR", directory.toString(),
                        "QUARKUS_HTTP_PORT", String.valueOf(port),
                        "MALLOC_ARENA_MAX", "2"));
        command.environment().putAll(environment);
        command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(LOG.toFile()));
    }

    void start() {
        try {
            process = command.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills the process without giving it a chance to commit or to say goodbye. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Waits until the process ends by itself; its exit code. */
    int awaitExit(Duration limit) throws InterruptedException {
        assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        return process.exitValue();
    }

    /** Where its HTTP is asked, as host and port. */
    String host() {
        return "127.0.0.1:" + port;
    }

    /** Body of an HTTP answer. */
    String get(String path) {
        return ask(path).body();
    }

    /** An HTTP answer of this process itself. */
    HttpResponse<String> ask(String path) {
        return send(DIRECT, path);
    }

    /** An HTTP answer, redirects followed. */
    HttpResponse<String> find(String path) {
        return send(FOLLOWING, path);
    }

    private HttpResponse<String> send(HttpClient client, String path) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://" + host() + path)).build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
