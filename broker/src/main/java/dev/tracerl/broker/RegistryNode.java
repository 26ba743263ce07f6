package dev.tracerl.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The schema registry as a child process, its schemas in an H2 file. It answers on loopback in the Confluent API and
 * refuses every schema that is not compatible with all earlier ones in both directions.
 */
public final class RegistryNode implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(120);

    private final Process process;
    private final RegistryApi api;

    private RegistryNode(Process process, RegistryApi api) {
        this.process = process;
        this.api = api;
    }

    /**
     * The command that runs the registry unpacked in {@code home}; it writes its schemas and its log to
     * {@code directory}.
     */
    public static ProcessBuilder command(Path home, Path directory, int port) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> line = List.of(
                java.toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx192m",
                "-jar",
                runner(home).toString());
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(directory).toFile()));
        builder.environment().putAll(environment(directory, port));
        return builder;
    }

    /** Starts the registry and returns when it answers. */
    public static RegistryNode start(Path home, Path directory, int port) {
        try {
            Files.createDirectories(directory);
            Process process = command(home, directory, port).start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "stop-registry"));
            RegistryApi api = new RegistryApi("http://127.0.0.1:" + port);
            if (!api.awaitReady(READY_WITHIN, process::isAlive)) {
                process.destroyForcibly();
                throw new IllegalStateException("the registry did not start; see " + log(directory));
            }
            api.requireFullCompatibility();
            return new RegistryNode(process, api);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address for {@code schema.registry.url}. */
    public String url() {
        return api.url();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, String> environment(Path directory, int port) {
        return Map.of(
                "APICURIO_STORAGE_KIND", "sql",
                "APICURIO_STORAGE_SQL_KIND", "h2",
                "APICURIO_DATASOURCE_URL",
                        "jdbc:h2:file:" + directory.toAbsolutePath().resolve("registry"),
                "QUARKUS_HTTP_HOST", "127.0.0.1",
                "QUARKUS_HTTP_PORT", Integer.toString(port),
                "QUARKUS_HTTP_ACCESS_LOG_ENABLED", "false",
                "QUARKUS_LOG_LEVEL", "WARN");
    }

    private static Path log(Path directory) {
        return directory.resolve("registry.log");
    }

    private static Path runner(Path home) {
        try (DirectoryStream<Path> runners = Files.newDirectoryStream(home, "apicurio-registry-app-*-runner.jar")) {
            for (Path runner : runners) {
                return runner;
            }
            throw new IllegalArgumentException("no apicurio-registry-app-*-runner.jar in " + home);
        } catch (IOException e) {
            throw new UncheckedIOException("no registry in " + home, e);
        }
    }
}
