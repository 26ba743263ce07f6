package dev.tracerl.ops.cli;

import dev.tracerl.ops.stack.ClusterSetup;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Brings a broker and a registry into the state that the services expect. */
@Command(
        name = "init",
        description = "Create the shared topics, register all schemas and set the rule for their changes.",
        footer = "tracerl up does the same for the local stack. What is there already is left as it is.",
        mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Override
    public Integer call() {
        CommandLog.toFile(cluster.dataDir());
        ClusterSetup setup = new ClusterSetup(cluster.connection());
        setup.registry();
        setup.topics();
        command.commandLine().getOut().println("The registry has the schemas and the broker has the shared topics.");
        return 0;
    }
}
