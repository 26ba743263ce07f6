package dev.tracerl.ops.cli;

import dev.tracerl.ops.stack.LocalStack;
import dev.tracerl.ops.stack.StackState;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Starts a stack that stays up. */
@Command(
        name = "up",
        description = "Start broker, registry and services in the background.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    @Mixin
    private StackOptions stack = new StackOptions();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Override
    public Integer call() {
        PrintWriter out = command.commandLine().getOut();
        Optional<StackState> running = LocalStack.find(stack.dataDir());
        if (running.isPresent()) {
            out.println("The stack of " + stack.dataDir() + " is already running.");
        } else {
            out.println("Starting broker, registry and services ...");
            out.flush();
        }
        StackState state =
                running.orElseGet(() -> LocalStack.start(StackOptions.installation(), stack.settings(), false));
        out.println("Kafka:     " + state.bootstrapServers());
        out.println("Registry:  " + state.registryUrl());
        out.println("Logs:      " + stack.dataDir().resolve("logs"));
        out.println("Next: ./tracerl run runs/sudoku.yaml, ./tracerl status, ./tracerl down");
        return 0;
    }
}
