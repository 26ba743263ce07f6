package dev.tracerl.ops.cli;

import dev.tracerl.ops.stack.Health;
import dev.tracerl.ops.stack.LocalStack;
import dev.tracerl.ops.stack.StackState;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Assignment;
import dev.tracerl.schemas.avro.RunStatus;
import dev.tracerl.schemas.client.Connection;
import dev.tracerl.schemas.client.TopicReader;
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
        CommandLog.toFile(dataDir.path());
        PrintWriter out = command.commandLine().getOut();
        Optional<StackState> state = LocalStack.find(dataDir.path());
        if (state.isEmpty()) {
            out.println("No stack is running in " + dataDir.path() + ".");
            return 1;
        }
        out.println("Kafka " + state.get().bootstrapServers() + ", registry "
                + state.get().registryUrl());
        state.get().processes().forEach(process -> out.println(describe(process)));
        if (state.get().phase() == StackState.Phase.READY) {
            out.flush();
            showRuns(state.get(), out);
        }
        return 0;
    }

    private static void showRuns(StackState state, PrintWriter out) {
        Connection connection = new Connection(state.bootstrapServers(), state.registryUrl());
        AvroSerdes serdes = connection.serdes();
        Assignment assignment =
                TopicReader.latest(connection, serdes, Topics.ASSIGNMENTS).get(state.deployment());
        String assigned = assignment == null ? null : assignment.getRunId();
        out.println(assigned == null ? "No run is assigned." : "Assigned run: " + assigned);
        TopicReader.latest(connection, serdes, Topics.RUN_STATUS).values().forEach(run -> out.println(describe(run)));
    }

    private static String describe(RunStatus run) {
        String accuracy = run.getAccuracy() == null
                ? ""
                : String.format(Locale.ROOT, "  held-out %.1f %%", 100 * run.getAccuracy());
        return String.format(
                        Locale.ROOT,
                        "  %-20s %-9s step %-5d version %-5d",
                        run.getRunId(),
                        run.getState(),
                        run.getStep(),
                        run.getVersion())
                + accuracy + "  " + run.getReason();
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
