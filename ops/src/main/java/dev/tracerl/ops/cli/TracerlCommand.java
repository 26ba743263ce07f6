package dev.tracerl.ops.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code tracerl} command and its subcommands. */
@Command(
        name = "tracerl",
        description = "Streaming, asynchronous TraceRL for diffusion language models on Kafka.",
        mixinStandardHelpOptions = true,
        version = "tracerl 0.1.0",
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            DownCommand.class,
            InitCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            RunCommand.class,
            EvalCommand.class,
            ForkCommand.class,
            StartCommand.class,
            StopCommand.class,
            ExperimentCommand.class,
            DeadLettersCommand.class,
            AuditCommand.class,
            ArchiveCommand.class,
            RestoreCommand.class,
            DeleteCommand.class,
            TraceCommand.class,
            ExplainCommand.class,
            RescoreCommand.class,
            ExportCommand.class,
            ReplayCommand.class,
            RunsCommand.class,
            TopicsCommand.class,
            WeightsCommand.class,
            TasksCommand.class,
            VerifyCommand.class,
            SelfCheckCommand.class,
            CompletionCommand.class,
            SuperviseCommand.class,
            CommandLine.HelpCommand.class
        })
public final class TracerlCommand {

    private TracerlCommand() {}

    /** Runs a command line and returns the exit code. */
    public static int execute(String... args) {
        return commandLine().execute(args);
    }

    /** The commands, as they are run and documented. */
    static CommandLine commandLine() {
        return ExitCode.document(Usage.strict(new CommandLine(new TracerlCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(TracerlCommand::explain)));
    }

    private static int explain(Exception e, CommandLine command, CommandLine.ParseResult result) {
        if (ExitCode.isForUser(e)) {
            command.getErr().println("tracerl: " + ExitCode.sentence(e));
        } else {
            e.printStackTrace(command.getErr());
        }
        return ExitCode.of(e);
    }
}
