package dev.tracerl.ops.cli;

import dev.tracerl.ops.stack.LocalStack;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops a stack. */
@Command(
        name = "down",
        description = "Stop the services, the registry and the broker. Nothing is deleted.",
        mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {

    @Mixin
    private DataDirOption dataDir = new DataDirOption();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = command.commandLine().getOut();
        if (LocalStack.find(dataDir.path()).isEmpty()) {
            out.println("No stack is running in " + dataDir.path() + ".");
            return 0;
        }
        out.println("Stopping services, registry and broker ...");
        out.flush();
        if (!LocalStack.stop(dataDir.path())) {
            command.commandLine().getErr().println("tracerl: the stack does not stop; see " + dataDir.path() + "/logs");
            return ExitCode.UNAVAILABLE;
        }
        out.println("Stopped. " + dataDir.path() + " keeps the log and the weights.");
        return 0;
    }
}
