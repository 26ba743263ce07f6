package dev.tracerl.ops.cli;

import dev.tracerl.ops.BadInputException;
import dev.tracerl.ops.stack.LocalStack;
import dev.tracerl.ops.stack.StackException;
import dev.tracerl.ops.stack.StackSettings;
import dev.tracerl.ops.stack.StackState;
import dev.tracerl.schemas.client.Connection;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which broker and registry a command talks to: the local stack's, unless told otherwise. */
final class ClusterOptions {

    @Mixin
    private DataDirOption dataDir = new DataDirOption();

    @Option(names = "--bootstrap-servers", paramLabel = "HOST:PORT", description = "Broker, instead of the local one.")
    private @Nullable String bootstrapServers;

    @Option(names = "--registry-url", paramLabel = "URL", description = "Registry, instead of the local one.")
    private @Nullable String registryUrl;

    @Option(names = "--deployment", paramLabel = "NAME", description = "Services to use (default: ${DEFAULT-VALUE}).")
    private String deployment = StackSettings.LOCAL;

    Path dataDir() {
        return dataDir.path();
    }

    String deployment() {
        return deployment;
    }

    /** The local stack, if it is the one that is used and its services do the work. */
    Optional<StackState> localStack() {
        return bootstrapServers == null
                ? LocalStack.find(dataDir()).filter(stack -> stack.deployment().equals(deployment))
                : Optional.empty();
    }

    /** How to reach the broker and the registry. */
    Connection connection() {
        if (bootstrapServers != null && registryUrl != null) {
            return Reachability.require(new Connection(bootstrapServers, registryUrl));
        }
        if (bootstrapServers != null || registryUrl != null) {
            throw new BadInputException("--bootstrap-servers and --registry-url must be given together");
        }
        StackState stack = LocalStack.find(dataDir())
                .filter(found -> found.phase() == StackState.Phase.READY)
                .orElseThrow(() -> new StackException(
                        "no stack is running in %s: start one with tracerl up".formatted(dataDir())));
        return Reachability.require(new Connection(stack.bootstrapServers(), stack.registryUrl()));
    }

    /** Whether standard output is a terminal; the launcher knows. */
    static boolean isTerminal() {
        return Boolean.getBoolean("tracerl.terminal");
    }
}
