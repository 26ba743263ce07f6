package dev.tracerl.ops.cli;

import dev.tracerl.ops.stack.DataDir;
import dev.tracerl.ops.stack.LocalStack;
import dev.tracerl.ops.stack.StackException;
import dev.tracerl.ops.stack.StackState;
import dev.tracerl.schemas.client.Connection;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** Which broker and registry a command talks to: the local stack's, unless told otherwise. */
final class ClusterOptions {

    @Mixin
    private DataDirOption dataDir = new DataDirOption();

    @Mixin
    private RemoteOptions remote = new RemoteOptions();

    Path dataDir() {
        return dataDir.path();
    }

    String deployment() {
        return remote.deployment();
    }

    /** The local stack, if it is the one that is used and its services do the work. */
    Optional<StackState> localStack() {
        return remote.connection().isPresent()
                ? Optional.empty()
                : LocalStack.find(dataDir()).filter(stack -> stack.deployment().equals(deployment()));
    }

    /** What to warn of if the local stack is used and none of its services looks at the deployment. */
    Optional<String> unserved() {
        if (remote.connection().isPresent()) {
            return Optional.empty();
        }
        return LocalStack.find(dataDir())
                .filter(stack -> !stack.deployment().equals(deployment()))
                .map(stack ->
                        "the services of the local stack are deployment %s: the run waits until others are started for %s"
                                .formatted(stack.deployment(), deployment()));
    }

    /** How to reach the broker and the registry. */
    Connection connection() {
        return Reachability.require(remote.connection().orElseGet(this::localConnection));
    }

    private Connection localConnection() {
        StackState stack = LocalStack.find(dataDir())
                .orElseThrow(() -> new StackException(
                        "no stack is running in %s: start one with tracerl up".formatted(dataDir())));
        if (stack.phase() != StackState.Phase.READY) {
            throw new StackException("the stack in %s is not ready: %s".formatted(dataDir(), stack.occupation()));
        }
        return new Connection(stack.bootstrapServers(), stack.registryUrl())
                .with(Optional.of(new DataDir(dataDir()).weights()));
    }

    /** Whether standard output is a terminal; the launcher knows. */
    static boolean isTerminal() {
        return Boolean.getBoolean("tracerl.terminal");
    }
}
