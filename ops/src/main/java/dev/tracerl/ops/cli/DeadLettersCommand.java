package dev.tracerl.ops.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The records of a run that could not be processed. With a run alone it lists them. */
@Command(
        name = "dead-letters",
        description = "The records of a run that could not be processed: list them, look at one, replay them.",
        subcommands = {DeadLettersListCommand.class, DeadLettersShowCommand.class, DeadLettersReplayCommand.class},
        mixinStandardHelpOptions = true)
final class DeadLettersCommand implements Callable<Integer> {

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Parameters(index = "0", arity = "0..1", paramLabel = "RUN", description = "The run whose letters are listed.")
    private @Nullable String run;

    @Mixin
    private Output output = new Output();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Override
    public Integer call() {
        if (run == null) {
            throw new ParameterException(
                    command.commandLine(), "Missing required subcommand (list, show, replay) or parameter: 'RUN'");
        }
        return DeadLettersListCommand.list(cluster, run, output);
    }
}
