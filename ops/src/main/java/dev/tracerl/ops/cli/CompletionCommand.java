package dev.tracerl.ops.cli;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what makes a shell complete commands and options. */
@Command(
        name = "completion",
        description = "Print a shell's completion script, for source <(tracerl completion bash).",
        mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {

    /** One script serves both: for zsh it loads that shell's emulation of bash's completion. */
    private static final List<String> SHELLS = List.of("bash", "zsh");

    @Parameters(index = "0", paramLabel = "SHELL", description = "bash or zsh.", completionCandidates = Shells.class)
    @SuppressWarnings("NullAway.Init")
    private String shell;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    /** For the completion of this command. */
    static final class Shells implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return SHELLS.iterator();
        }
    }

    @Override
    public Integer call() {
        if (!SHELLS.contains(shell)) {
            throw new ParameterException(
                    command.commandLine(), "there is no completion for %s, only for bash and zsh".formatted(shell));
        }
        command.commandLine()
                .getOut()
                .println(AutoComplete.bash("tracerl", command.root().commandLine()));
        return 0;
    }
}
