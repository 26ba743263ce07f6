package dev.tracerl.reward.service;

import dev.tracerl.schemas.client.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** The packaged service as a process of its own, which can be killed like a real one. */
final class ServiceProcess implements AutoCloseable {

    private static final Path LOG = Path.of("target", "reward-stream-it.log");
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");

    private final ProcessBuilder command;
    private Process process;

    ServiceProcess(Connection connection, Path directory) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        command = new ProcessBuilder(java, "-Xmx192m", "-XX:+UseSerialGC", "-jar", JAR.toString());
        command.environment()
                .putAll(Map.of(
                        "TRACERL_KAFKA_BOOTSTRAP_SERVERS", connection.bootstrapServers(),
                        "TRACERL_REGISTRY_URL", connection.registryUrl(),
                        "TRACERL_DATA_DIR", directory.toString(),
                        "QUARKUS_HTTP_PORT", "0",
                        "MALLOC_ARENA_MAX", "2"));
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

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
