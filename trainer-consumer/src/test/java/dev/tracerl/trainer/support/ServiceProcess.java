package dev.tracerl.trainer.support;

import dev.tracerl.broker.FreePort;
import dev.tracerl.schemas.client.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged service as a process of its own, which can be killed like a real one. */
public final class ServiceProcess implements AutoCloseable {

    /** What the services of all tests write. */
    public static final Path LOG = Path.of("target", "trainer-consumer-it.log");

    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");

    private final int port = FreePort.find();
    private final Process process;

    private ServiceProcess(Connection connection, Path directory, Map<String, String> more) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder command = new ProcessBuilder(java, "-Xmx256m", "-XX:+UseSerialGC", "-jar", JAR.toString());
        command.environment()
                .putAll(Map.of(
                        "TRACERL_KAFKA_BOOTSTRAP_SERVERS",
                        connection.bootstrapServers(),
                        "TRACERL_REGISTRY_URL",
                        connection.registryUrl(),
                        "TRACERL_DATA_DIR",
                        directory.toString(),
                        "QUARKUS_HTTP_PORT",
                        String.valueOf(port),
                        "OMP_NUM_THREADS",
                        "1",
                        "DJL_OFFLINE",
                        "true",
                        "OPT_OUT_TRACKING",
                        "true",
                        "MALLOC_ARENA_MAX",
                        "2"));
        command.environment().putAll(more);
        command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(LOG.toFile()));
        try {
            process = command.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the service. */
    public static ServiceProcess start(LocalLog log, Path directory) {
        return start(log, directory, Map.of());
    }

    /**
     * Starts the service.
     *
     * @param more further environment
     */
    public static ServiceProcess start(LocalLog log, Path directory, Map<String, String> more) {
        return new ServiceProcess(log.connection(), directory, more);
    }

    /** Kills the process without giving it a chance to say goodbye. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks the process to end, as a supervisor does. */
    public void terminate() {
        process.destroy();
    }

    /** Waits for the end of the process: its exit code, or -1 if it is still running. */
    public int exitCode(long seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    /** Body of a page; empty if it is not to be had or says that the service is not ready. */
    public String page(String path) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        try {
            HttpResponse<String> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? response.body() : "";
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
