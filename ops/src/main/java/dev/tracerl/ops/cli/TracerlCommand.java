package dev.tracerl.ops.cli;

import dev.tracerl.model.selfcheck.SelfCheckException;
import dev.tracerl.ops.demo.DemoException;
import dev.tracerl.ops.run.RunConflictException;
import dev.tracerl.ops.run.RunFileException;
import dev.tracerl.ops.session.RunFailedException;
import dev.tracerl.ops.stack.StackException;
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
            StatusCommand.class,
            LogsCommand.class,
            RunCommand.class,
            EvalCommand.class,
            ExperimentCommand.class,
            DeadLettersCommand.class,
            AuditCommand.class,
            TraceCommand.class,
            RunsCommand.class,
            TopicsCommand.class,
            WeightsCommand.class,
            TasksCommand.class,
            VerifyCommand.class,
            SelfCheckCommand.class,
            SuperviseCommand.class,
            CommandLine.HelpCommand.class
        })
public final class TracerlCommand {

    private TracerlCommand() {}

    /** Runs a command line and returns the exit code. */
    public static int execute(String... args) {
        return new CommandLine(new TracerlCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(TracerlCommand::explain)
                .execute(args);
    }

    private static int explain(Exception e, CommandLine command, CommandLine.ParseResult result) {
        if (isForUser(e)) {
            command.getErr().println("tracerl: " + e.getMessage());
        } else {
            e.printStackTrace(command.getErr());
        }
        return 1;
    }

    /** These say in one sentence what is wrong; anything else is a bug or a broken environment. */
    private static boolean isForUser(Exception e) {
        return e instanceof StackException
                || e instanceof DemoException
                || e instanceof RunFileException
                || e instanceof RunConflictException
                || e instanceof RunFailedException
                || e instanceof SelfCheckException;
    }
}
