package dev.tracerl.ops.cli;

import dev.tracerl.ops.stack.LocalStack;
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

    @Mixin
    private Output output = new Output();

    /** Whether a stack was running and is stopped now. */
    record Down(String dataDir, boolean stopped) {}

    @Override
    public Integer call() throws InterruptedException {
        String folder = dataDir.path().toString();
        if (LocalStack.find(dataDir.path()).isEmpty()) {
            output.result(new Down(folder, false), "No stack is running in " + folder + ".");
            return 0;
        }
        output.prose().println("Stopping services, registry and broker ...");
        output.prose().flush();
        if (!LocalStack.stop(dataDir.path())) {
            command.commandLine().getErr().println("tracerl: the stack does not stop; see " + dataDir.path() + "/logs");
            return ExitCode.UNAVAILABLE;
        }
        output.result(new Down(folder, true), "Stopped. " + folder + " keeps the log and the weights.");
        return 0;
    }
}
