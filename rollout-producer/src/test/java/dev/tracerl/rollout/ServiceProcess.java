package dev.tracerl.rollout;

import static java.net.http.HttpResponse.BodyHandlers.ofString;

import dev.tracerl.broker.FreePort;
import dev.tracerl.schemas.client.Connection;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged service as a process of its own. */
final class ServiceProcess implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Process process;
    private final int port;

    private ServiceProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts the jar that the build has just packaged, with further variables. */
    static ServiceProcess start(Connection connection, String deployment, Map<String, String> environment) {
        int port = FreePort.find();
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-jar",
                        "target/quarkus-app/quarkus-run.jar")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File("target/service-" + deployment + ".log")));
        builder.environment()
                .putAll(Map.of(
                        "TRACERL_DEPLOYMENT",
                        deployment,
                        "TRACERL_WORKER",
                        "rollout-0",
                        "TRACERL_KAFKA_BOOTSTRAP_SERVERS",
                        connection.bootstrapServers(),
                        "TRACERL_REGISTRY_URL",
                        connection.registryUrl(),
                        "TRACERL_ROLLOUT_ACTIVE_SEQUENCES",
                        "6",
                        "QUARKUS_HTTP_PORT",
                        String.valueOf(port),
                        "OMP_NUM_THREADS",
                        "1"));
        builder.environment().putAll(environment);
        try {
            return new ServiceProcess(builder.start(), port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Status and body of a GET; status 0 while nobody listens. */
    Answer get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (ConnectException e) {
            return new Answer(0, "");
        }
    }

    /** Status and body of a POST of JSON. */
    Answer post(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = CLIENT.send(request.build(), ofString());
        return new Answer(response.statusCode(), response.body());
    }

    record Answer(int status, String body) {}

    boolean isReady() throws Exception {
        return get("/q/health/ready").status() == 200;
    }

    /** Kills it at once. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks it to end. */
    void terminate() {
        process.destroy();
    }

    boolean endsWithin(int seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    int exitCode() {
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
