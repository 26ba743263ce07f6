package dev.tracerl.ops.cli;

import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.ops.session.RemoteSession;
import dev.tracerl.ops.stack.StackSettings;
import dev.tracerl.schemas.client.ClientSettings;
import dev.tracerl.schemas.client.Connection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A broker, a registry and services that somebody else runs, in containers for instance. */
final class RemoteOptions {

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:TRACERL_KAFKA_BOOTSTRAP_SERVERS}",
            converter = Formats.Brokers.class,
            description = "Broker, instead of the local one.")
    private @Nullable String bootstrapServers;

    @Option(
            names = "--registry-url",
            paramLabel = "URL",
            defaultValue = "${env:TRACERL_REGISTRY_URL}",
            converter = Formats.Registries.class,
            description = "Registry, instead of the local one.")
    private @Nullable String registryUrl;

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            description = "Settings of Kafka's clients; with the prefix schema.registry., of the registry's.")
    private @Nullable Path commandConfig;

    @Option(
            names = "--weight-folder",
            paramLabel = "FOLDER",
            defaultValue = "${env:TRACERL_WEIGHT_FOLDER}",
            description =
                    "Where this machine sees the folder of the weight store FILE, for a broker that is not local.")
    private @Nullable Path weightFolder;

    @Option(
            names = "--deployment",
            paramLabel = "NAME",
            defaultValue = "${env:TRACERL_DEPLOYMENT:-" + StackSettings.LOCAL + "}",
            description = "Services to use (default: ${DEFAULT-VALUE}).")
    private String deployment = StackSettings.LOCAL;

    String deployment() {
        return deployment;
    }

    /**
     * How to reach the broker and the registry, if they are named.
     *
     * @throws BadInputException if only one of them is
     */
    Optional<Connection> connection() {
        if (bootstrapServers == null && registryUrl == null) {
            return Optional.empty();
        }
        if (bootstrapServers == null || registryUrl == null) {
            throw new BadInputException("--bootstrap-servers and --registry-url must be given together");
        }
        return Optional.of(
                settings().connection(bootstrapServers, registryUrl).with(Optional.ofNullable(weightFolder)));
    }

    /**
     * The stack that somebody else runs, if it is named.
     *
     * @throws BadInputException if a deployment is named without its stack: the local one has its own
     */
    Optional<RemoteSession> session() {
        Optional<Connection> connection = connection();
        if (connection.isEmpty() && !deployment.equals(StackSettings.LOCAL)) {
            throw new BadInputException(
                    "--deployment %s needs --bootstrap-servers and --registry-url: the services of the local stack are deployment %s"
                            .formatted(deployment, StackSettings.LOCAL));
        }
        return connection.map(found -> new RemoteSession(found, deployment));
    }

    private ClientSettings settings() {
        ClientSettings environment = ClientSettings.ofEnvironment(System.getenv());
        if (commandConfig == null) {
            return environment;
        }
        if (!Files.isReadable(commandConfig) || Files.isDirectory(commandConfig)) {
            throw new BadInputException("--command-config: " + commandConfig + " cannot be read");
        }
        return environment.with(ClientSettings.ofFile(commandConfig));
    }
}
