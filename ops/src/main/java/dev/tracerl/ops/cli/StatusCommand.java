package dev.tracerl.ops.cli;

import dev.tracerl.ops.stack.Health;
import dev.tracerl.ops.stack.LocalStack;
import dev.tracerl.ops.stack.StackState;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the processes of a stack and its runs. */
@Command(name = "status", description = "Show the processes and the runs.", mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private DataDirOption dataDir = new DataDirOption();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Override
    public Integer call() {
        PrintWriter out = command.commandLine().getOut();
        Optional<StackState> state = LocalStack.find(dataDir.path());
        if (state.isEmpty()) {
            out.println("No stack is running in " + dataDir.path() + ".");
            return 1;
        }
        out.println("Kafka " + state.get().bootstrapServers() + ", registry "
                + state.get().registryUrl());
        state.get().processes().forEach(process -> out.println(describe(process)));
        return 0;
    }

    private static String describe(StackState.ProcessState process) {
        String condition = process.pid() < 0
                ? "not running"
                : Health.isReady(URI.create(process.health())) ? "ready" : "not ready";
        return String.format(
                Locale.ROOT,
                "  %-20s %-12s pid %-8d restarts %-3d %s",
                process.name(),
                condition,
                process.pid(),
                process.restarts(),
                process.health());
    }
}
